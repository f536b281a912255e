package dev.drydock.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.v1.ClockState;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportRequest;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.ContractServiceGrpc.ContractServiceImplBase;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.GetVersionRequest;
import dev.drydock.proto.v1.GetVersionResponse;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.IncidentClock;
import dev.drydock.proto.v1.IncidentEntry;
import dev.drydock.proto.v1.IncidentServiceGrpc.IncidentServiceImplBase;
import dev.drydock.proto.v1.IncidentState;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListContractsResponse;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.ListNotificationsRequest;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.ListSignersRequest;
import dev.drydock.proto.v1.ListSignersResponse;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.ListTeamsResponse;
import dev.drydock.proto.v1.ListUsersRequest;
import dev.drydock.proto.v1.ListUsersResponse;
import dev.drydock.proto.v1.ListVulnerabilitiesRequest;
import dev.drydock.proto.v1.ListVulnerabilitiesResponse;
import dev.drydock.proto.v1.NotificationServiceGrpc.NotificationServiceImplBase;
import dev.drydock.proto.v1.PlaybookServiceGrpc.PlaybookServiceImplBase;
import dev.drydock.proto.v1.SystemServiceGrpc.SystemServiceImplBase;
import dev.drydock.proto.v1.Team;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceImplBase;
import dev.drydock.proto.v1.UserServiceGrpc.UserServiceImplBase;
import dev.drydock.proto.v1.Vulnerability;
import dev.drydock.proto.v1.VulnerabilityServiceGrpc.VulnerabilityServiceImplBase;
import dev.drydock.proto.v1.VulnerabilitySeverity;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incidents, contracts and vulnerabilities, also for who has a role for some hosts only. */
final class PromisesTest {
    private static final String EVIL = "<script>alert(1)</script>\"'";

    @TempDir
    Path directory;

    private final List<Object> asked = new CopyOnWriteArrayList<>();
    private volatile boolean bound;
    private TestingWeb web;

    @BeforeEach
    void start() throws Exception {
        web = new TestingWeb(
                directory,
                List.of(
                        new Incidents(),
                        new Contracts(),
                        new Vulnerabilities(),
                        new Users(),
                        new Notifications(),
                        new Versions(),
                        new Teams(),
                        new Signers()));
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void whatPeopleWriteStaysText() throws Exception {
        for (String path :
                List.of("/incidents", "/incidents/i-1", "/contracts", "/contracts/gold", "/vulnerabilities")) {
            HttpResponse<String> page = web.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body())
                    .as(path)
                    .contains("&lt;script")
                    .doesNotContain("<script>")
                    .doesNotContain("\"'>")
                    .doesNotContain(" style=");
        }
    }

    @Test
    void aRoleForSomeHostsIsToldWhatIsForTheWholeFleet() throws Exception {
        bound = true;
        for (String path : List.of("/incidents", "/contracts", "/vulnerabilities", "/settings")) {
            HttpResponse<String> page = web.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("for roles of the whole fleet");
        }
        assertThat(web.get("/settings").body()).contains("the-own-team");
        assertThat(web.get("/incidents/i-1").statusCode()).isEqualTo(403);
    }

    @Test
    void bothClocksAndWhatCanBeDoneNextAreShown() throws Exception {
        assertThat(web.get("/incidents/i-1").body())
                .contains("missed")
                .contains("running")
                .contains("in 2 h")
                .contains("/incidents/i-1/hand-over")
                .contains("/incidents/i-1/resolve")
                .doesNotContain("/incidents/i-1/respond")
                .doesNotContain("/incidents/i-1/close");
    }

    @Test
    void aFormMovesAnIncidentAndOneOfAnotherSiteDoesNot() throws Exception {
        assertThat(web.send(TestingWeb.form(web.asVera("/incidents/i-1/resolve"), "csrf=guess"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(asked).isEmpty();
        String form = "comment=done&csrf=" + TestingWeb.CSRF;
        for (String verb : List.of("respond", "resolve", "close", "comment", "hand-over", "hand-back")) {
            HttpResponse<String> done = web.send(TestingWeb.form(web.asVera("/incidents/i-1/" + verb), form));
            assertThat(done.headers().firstValue("location")).hasValue("/incidents/i-1");
        }
        IncidentChangeRequest change = IncidentChangeRequest.newBuilder()
                .setId("i-1")
                .setComment("done")
                .build();
        HandOverIncidentRequest over = HandOverIncidentRequest.newBuilder()
                .setId("i-1")
                .setComment("done")
                .build();
        assertThat(asked)
                .containsExactly(
                        "respond",
                        change,
                        "resolve",
                        change,
                        "close",
                        change,
                        "comment",
                        change,
                        over,
                        over.toBuilder().setToOperation(true).build());
    }

    @Test
    void aContractIsReportedByTheMonthsOfItsZone() throws Exception {
        String page = web.get("/contracts/gold?month=2026-10").body();
        ContractReportRequest report = (ContractReportRequest) asked.getLast();
        assertThat(Instant.ofEpochSecond(report.getFrom().getSeconds())).isEqualTo("2026-09-30T15:00:00Z");
        assertThat(Instant.ofEpochSecond(report.getTo().getSeconds())).isEqualTo("2026-10-31T15:00:00Z");
        assertThat(page).contains("3 met, 1 missed").contains("month=2026-09").contains("month=2026-11");
        assertThat(web.get("/contracts/gold?month=evil").body())
                .contains("2026-11")
                .doesNotContain("month=2026-12");
    }

    @Test
    void vulnerabilitiesAreAskedForBySeverity() throws Exception {
        String page = web.get("/vulnerabilities?severity=high&exploited=1").body();
        ListVulnerabilitiesRequest request = (ListVulnerabilitiesRequest) asked.getLast();
        assertThat(request.getAtLeast()).isEqualTo(VulnerabilitySeverity.VULNERABILITY_HIGH);
        assertThat(request.getExploited()).isTrue();
        assertThat(page).contains("severity=high&amp;exploited=1&amp;page=more");
    }

    private <T> void answer(StreamObserver<T> call, T answer) {
        if (bound) {
            call.onError(Status.PERMISSION_DENIED
                    .withDescription("it needs the role viewer for the whole fleet")
                    .asRuntimeException());
            return;
        }
        open(call, answer);
    }

    private static <T> void open(StreamObserver<T> call, T answer) {
        call.onNext(answer);
        call.onCompleted();
    }

    private static Timestamp at(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    private static final Incident INCIDENT = Incident.newBuilder()
            .setId("i-1")
            .setTitle(EVIL)
            .setCause(EVIL)
            .setState(IncidentState.INCIDENT_RESPONDED)
            .setSteerable(true)
            .setContract("gold")
            .setOpenedAt(at(TestingWeb.NOON))
            .setResponse(IncidentClock.newBuilder().setState(ClockState.CLOCK_MISSED))
            .setFix(IncidentClock.newBuilder()
                    .setState(ClockState.CLOCK_RUNNING)
                    .setDue(at(TestingWeb.NOON.plusSeconds(7200))))
            .addLog(IncidentEntry.newBuilder().setWhat("commented").setComment(EVIL))
            .build();

    private final class Incidents extends IncidentServiceImplBase {
        @Override
        public void listIncidents(ListIncidentsRequest request, StreamObserver<ListIncidentsResponse> call) {
            answer(
                    call,
                    ListIncidentsResponse.newBuilder().addIncidents(INCIDENT).build());
        }

        @Override
        public void getIncident(GetIncidentRequest request, StreamObserver<Incident> call) {
            answer(call, INCIDENT);
        }

        @Override
        public void respondToIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
            changed("respond", request, call);
        }

        @Override
        public void resolveIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
            changed("resolve", request, call);
        }

        @Override
        public void closeIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
            changed("close", request, call);
        }

        @Override
        public void commentIncident(IncidentChangeRequest request, StreamObserver<Incident> call) {
            changed("comment", request, call);
        }

        private void changed(String verb, IncidentChangeRequest request, StreamObserver<Incident> call) {
            asked.add(verb);
            asked.add(request);
            answer(call, INCIDENT);
        }

        @Override
        public void handOverIncident(HandOverIncidentRequest request, StreamObserver<Incident> call) {
            asked.add(request);
            answer(call, INCIDENT);
        }
    }

    private final class Contracts extends ContractServiceImplBase {
        private final Contract gold = Contract.newBuilder()
                .setName("gold")
                .setClient(EVIL)
                .setZone("Asia/Tokyo")
                .addWarnings(EVIL)
                .build();

        @Override
        public void listContracts(ListContractsRequest request, StreamObserver<ListContractsResponse> call) {
            answer(call, ListContractsResponse.newBuilder().addContracts(gold).build());
        }

        @Override
        public void getContract(GetContractRequest request, StreamObserver<Contract> call) {
            answer(call, gold);
        }

        @Override
        public void contractReport(ContractReportRequest request, StreamObserver<ContractReportResponse> call) {
            asked.add(request);
            ContractReportRow.Builder row = ContractReportRow.newBuilder().setInScope(true);
            row.getResponseBuilder().setMet(3).setMissed(1);
            answer(
                    call,
                    ContractReportResponse.newBuilder()
                            .addRows(row)
                            .addIncidents(INCIDENT)
                            .build());
        }
    }

    private final class Vulnerabilities extends VulnerabilityServiceImplBase {
        @Override
        public void listVulnerabilities(
                ListVulnerabilitiesRequest request, StreamObserver<ListVulnerabilitiesResponse> call) {
            asked.add(request);
            answer(
                    call,
                    ListVulnerabilitiesResponse.newBuilder()
                            .addVulnerabilities(Vulnerability.newBuilder().setCve(EVIL))
                            .setNextPageToken("more")
                            .build());
        }
    }

    private final class Users extends UserServiceImplBase {
        @Override
        public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> call) {
            answer(call, ListUsersResponse.getDefaultInstance());
        }
    }

    private final class Notifications extends NotificationServiceImplBase {
        @Override
        public void listNotifications(
                ListNotificationsRequest request, StreamObserver<ListNotificationsResponse> call) {
            answer(call, ListNotificationsResponse.getDefaultInstance());
        }
    }

    private static final class Versions extends SystemServiceImplBase {
        @Override
        public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> call) {
            open(call, GetVersionResponse.getDefaultInstance());
        }
    }

    private static final class Teams extends TeamServiceImplBase {
        @Override
        public void listTeams(ListTeamsRequest request, StreamObserver<ListTeamsResponse> call) {
            open(
                    call,
                    ListTeamsResponse.newBuilder()
                            .addTeams(Team.newBuilder().setName("the-own-team"))
                            .build());
        }
    }

    private static final class Signers extends PlaybookServiceImplBase {
        @Override
        public void listSigners(ListSignersRequest request, StreamObserver<ListSignersResponse> call) {
            open(call, ListSignersResponse.getDefaultInstance());
        }
    }
}
