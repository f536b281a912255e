package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceImplBase;
import dev.drydock.proto.v1.CreateReportScheduleRequest;
import dev.drydock.proto.v1.CreateReportScheduleResponse;
import dev.drydock.proto.v1.DeleteReportScheduleRequest;
import dev.drydock.proto.v1.DeleteReportScheduleResponse;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.GetReportScheduleRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListContractsResponse;
import dev.drydock.proto.v1.ListReportSchedulesRequest;
import dev.drydock.proto.v1.ListReportSchedulesResponse;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.RenderComplianceReportRequest;
import dev.drydock.proto.v1.RenderComplianceReportResponse;
import dev.drydock.proto.v1.RenderContractReportRequest;
import dev.drydock.proto.v1.RenderContractReportResponse;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleServiceGrpc.ReportScheduleServiceImplBase;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import dev.drydock.proto.v1.ReportServiceGrpc.ReportServiceImplBase;
import dev.drydock.proto.v1.RunReportScheduleRequest;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceImplBase;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports are built, scheduled, looked after and printed in the browser. */
final class ReportSchedulesTest {
    private static final String EVIL = "<script>alert(1)</script>\"'";
    private static final String FORM =
            "&name=board&report=&format=csv&filter=true&start=2026-11-30T07:00&zone=Europe/Berlin&rrule=FREQ%3DDAILY&mail=a@example.com,+b@example.com&webhook=&team=dba";

    @TempDir
    Path directory;

    private final List<Message> asked = new CopyOnWriteArrayList<>();
    private volatile String problem = "";
    private volatile String secret = "";
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(directory, List.of(new Schedules(), new Contracts(), new Teams(), new Reports()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return web.send(TestingWeb.form(web.asVera(path), "csrf=" + TestingWeb.CSRF + form));
    }

    @Test
    void theListSaysWhatComesNextAndWhatBecameOfTheLast() throws Exception {
        assertThat(web.get("/report-schedules").body())
                .contains("href=\"/report-schedules/board\"", "compliance of host.x", "team dba", "given up for some")
                .contains("410 gone", "data-print", "contract shop");
    }

    @Test
    void oneShowsEachAddress() throws Exception {
        assertThat(web.get("/report-schedules/board").body())
                .contains("a@example.com: has it", "webhook of report/board: given up", "late; for 2 earlier too")
                .contains("as this user may see it", "37 of 40 hosts comply");
    }

    @Test
    void whatPeopleWriteStaysText() throws Exception {
        for (String path : List.of("/report-schedules", "/report-schedules/board")) {
            assertThat(web.get(path).body())
                    .as(path)
                    .contains("&lt;script")
                    .doesNotContain("<script>")
                    .doesNotContain("\"'>")
                    .doesNotContain(" style=");
        }
    }

    @Test
    void makesOne() throws Exception {
        HttpResponse<String> made = post("/report-schedules", FORM);
        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(made.headers().firstValue("location")).contains("/report-schedules/board");
        assertThat(asked.getLast())
                .isEqualTo(CreateReportScheduleRequest.newBuilder()
                        .setName("board")
                        .setSpec(ReportScheduleSpec.newBuilder()
                                .setKind(ReportKind.REPORT_COMPLIANCE)
                                .setFilter("true")
                                .setFormat(DocumentFormat.DOCUMENT_CSV)
                                .setStart("2026-11-30T07:00")
                                .setZone("Europe/Berlin")
                                .setRrule("FREQ=DAILY")
                                .addMail("a@example.com")
                                .addMail("b@example.com")
                                .addTeams("dba"))
                        .build());
    }

    @Test
    void theKeyOfAWebhookIsShownOnce() throws Exception {
        secret = "whsec_once";
        assertThat(post("/report-schedules", FORM).body()).contains("whsec_once");
        assertThat(web.get("/report-schedules/board").body()).doesNotContain("whsec_");
    }

    @Test
    void whatIsWrongIsSaidAndWhatWasWrittenStays() throws Exception {
        problem = "start: 'soon' is no time\nmail: nobody";
        HttpResponse<String> refused = post("/report-schedules", FORM);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("role=\"alert\"", "<p>start: 'soon' is no time</p>", "<p>mail: nobody</p>")
                .contains("value=\"board\"", "value=\"FREQ=DAILY\"", "value=\"a@example.com, b@example.com\"")
                .containsPattern("value=\"csv\" selected")
                .containsPattern("value=\"dba\" checked");
    }

    @Test
    void pausesRunsAndDeletes() throws Exception {
        assertThat(post("/report-schedules/board/pause", "").statusCode()).isEqualTo(303);
        assertThat(asked.getLast()).isInstanceOfSatisfying(UpdateReportScheduleRequest.class, update -> {
            assertThat(update.getSpec().getPaused()).isTrue();
            assertThat(update.getEtag()).isEqualTo("e1");
        });
        assertThat(post("/report-schedules/board/run", "").statusCode()).isEqualTo(303);
        assertThat(asked.getLast()).isInstanceOf(RunReportScheduleRequest.class);
        assertThat(post("/report-schedules/board/delete", "").headers().firstValue("location"))
                .contains("/report-schedules");
        assertThat(asked.getLast()).isInstanceOf(DeleteReportScheduleRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/board/run", "/board/pause", "/board/resume", "/board/delete"})
    void nothingIsDoneForAnotherSite(String path) throws Exception {
        assertThat(web.send(TestingWeb.form(web.asVera("/report-schedules" + path), "csrf=guess" + FORM))
                        .statusCode())
                .isEqualTo(403);
        assertThat(asked).isEmpty();
    }

    @Test
    void oneIsBuiltLookedAtAndKept() throws Exception {
        HttpResponse<String> file = web.get("/report-file?report=&filter=true&format=junit");
        assertThat(file.body()).isEqualTo("<testsuites/>");
        assertThat(file.headers().firstValue("content-disposition").orElseThrow())
                .contains("attachment", "compliance.xml");
        assertThat(asked.getLast()).isInstanceOfSatisfying(RenderComplianceReportRequest.class, one -> {
            assertThat(one.getFilter()).isEqualTo("true");
            assertThat(one.getFormat()).isEqualTo(DocumentFormat.DOCUMENT_JUNIT);
        });
        assertThat(web.get("/report-preview?report=&filter=true").headers().firstValue("location"))
                .contains("/reports?filter=true");

        assertThat(web.get("/report-file?report=shop&month=2026-10&format=csv").body())
                .isEqualTo("a,b");
        assertThat(asked.getLast()).isInstanceOfSatisfying(RenderContractReportRequest.class, one -> {
            assertThat(one.getFrom().getSeconds()).as("October in Tokyo").isEqualTo(1_790_780_400L);
            assertThat(one.getTo().getSeconds()).isEqualTo(1_793_458_800L);
        });
        assertThat(web.get("/report-preview?report=a%3Fb&month=2026-10")
                        .headers()
                        .firstValue("location"))
                .contains("/contracts/a%3Fb?month=2026-10");
    }

    private <T extends Message> void answer(Message request, T answer, StreamObserver<T> call) {
        asked.add(request);
        call.onNext(answer);
        call.onCompleted();
    }

    private static ReportSchedule board() {
        return ReportSchedule.newBuilder()
                .setName("board")
                .setEtag("e1")
                .setOwner("olga" + EVIL)
                .setNextAt(Timestamp.newBuilder().setSeconds(TestingWeb.NOON.getEpochSecond() + 3600))
                .setSpec(ReportScheduleSpec.newBuilder()
                        .setFormat(DocumentFormat.DOCUMENT_PDF)
                        .setFilter("host.x" + EVIL)
                        .addMail("a@example.com")
                        .addTeams("dba"))
                .addSendings(ReportSending.newBuilder()
                        .setState(ReportSendingState.REPORT_FAILED)
                        .setLate(true)
                        .setMissed(2)
                        .setSize(1234)
                        .setSummary("37 of 40 hosts comply")
                        .setProblem("410 gone")
                        .addNotifications(Notification.newBuilder()
                                .setTarget("a@example.com")
                                .setState(NotificationState.NOTIFICATION_SENT))
                        .addNotifications(Notification.newBuilder()
                                .setTarget("webhook of report/board")
                                .setProblem("410 gone")
                                .setState(NotificationState.NOTIFICATION_FAILED)))
                .build();
    }

    private final class Schedules extends ReportScheduleServiceImplBase {
        @Override
        public void listReportSchedules(
                ListReportSchedulesRequest request, StreamObserver<ListReportSchedulesResponse> call) {
            call.onNext(ListReportSchedulesResponse.newBuilder()
                    .addSchedules(board())
                    .build());
            call.onCompleted();
        }

        @Override
        public void getReportSchedule(GetReportScheduleRequest request, StreamObserver<ReportSchedule> call) {
            call.onNext(board());
            call.onCompleted();
        }

        @Override
        public void createReportSchedule(
                CreateReportScheduleRequest request, StreamObserver<CreateReportScheduleResponse> call) {
            if (!problem.isEmpty()) {
                call.onError(Status.INVALID_ARGUMENT.withDescription(problem).asRuntimeException());
                return;
            }
            answer(
                    request,
                    CreateReportScheduleResponse.newBuilder()
                            .setSchedule(board())
                            .setWebhookSecret(secret)
                            .build(),
                    call);
        }

        @Override
        public void updateReportSchedule(
                UpdateReportScheduleRequest request, StreamObserver<CreateReportScheduleResponse> call) {
            answer(request, CreateReportScheduleResponse.getDefaultInstance(), call);
        }

        @Override
        public void runReportSchedule(RunReportScheduleRequest request, StreamObserver<ReportSending> call) {
            answer(request, ReportSending.getDefaultInstance(), call);
        }

        @Override
        public void deleteReportSchedule(
                DeleteReportScheduleRequest request, StreamObserver<DeleteReportScheduleResponse> call) {
            answer(request, DeleteReportScheduleResponse.getDefaultInstance(), call);
        }

        @Override
        public void renderContractReport(
                RenderContractReportRequest request, StreamObserver<RenderContractReportResponse> call) {
            answer(
                    request,
                    RenderContractReportResponse.newBuilder()
                            .setContentType("text/csv; charset=utf-8")
                            .setFileName("contract.csv")
                            .setContent(ByteString.copyFromUtf8("a,b"))
                            .build(),
                    call);
        }
    }

    private final class Reports extends ReportServiceImplBase {
        @Override
        public void renderComplianceReport(
                RenderComplianceReportRequest request, StreamObserver<RenderComplianceReportResponse> call) {
            answer(
                    request,
                    RenderComplianceReportResponse.newBuilder()
                            .setContentType("application/xml")
                            .setFileName("compliance.xml")
                            .setContent(ByteString.copyFromUtf8("<testsuites/>"))
                            .build(),
                    call);
        }
    }

    private static final class Contracts extends ContractServiceImplBase {
        private static final Contract SHOP =
                Contract.newBuilder().setName("shop").setZone("Asia/Tokyo").build();

        @Override
        public void listContracts(ListContractsRequest request, StreamObserver<ListContractsResponse> call) {
            call.onNext(ListContractsResponse.newBuilder().addContracts(SHOP).build());
            call.onCompleted();
        }

        @Override
        public void getContract(GetContractRequest request, StreamObserver<Contract> call) {
            call.onNext(SHOP);
            call.onCompleted();
        }
    }

    private static final class Teams extends TeamServiceImplBase {
        @Override
        public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> call) {
            call.onNext(ListTeamsResponse.newBuilder()
                    .addTeams(Team.newBuilder().setName("dba"))
                    .build());
            call.onCompleted();
        }
    }
}
