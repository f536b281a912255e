package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Value;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.store.Chains;
import dev.drydock.proto.v1.AuditEntry;
import dev.drydock.proto.v1.AuditHead;
import dev.drydock.proto.v1.AuditServiceGrpc;
import dev.drydock.proto.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.ExportAuditRequest;
import dev.drydock.proto.v1.ExportAuditResponse;
import dev.drydock.proto.v1.GetAuditHeadRequest;
import dev.drydock.proto.v1.ListAuditEntriesRequest;
import dev.drydock.proto.v1.ListAuditEntriesResponse;
import dev.drydock.proto.v1.TeamServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditServiceTest {
    @TempDir
    Path directory;

    private final FakeTeams teams = new FakeTeams();
    private TestServer server;
    private AuditServiceBlockingStub admin;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                directory, test -> List.of(teams, new AuditService(test.audit(), test.recorder(), test.streams())));
        admin = server.client(AuditServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void create(String name) {
        CreateTeamResponse unused = server.client(TeamServiceGrpc::newBlockingStub)
                .createTeam(CreateTeamRequest.newBuilder().setName(name).build());
    }

    private ListAuditEntriesResponse list(ListAuditEntriesRequest.Builder request) {
        return admin.listAuditEntries(request.build());
    }

    private static ListAuditEntriesRequest.Builder all() {
        return ListAuditEntriesRequest.newBuilder();
    }

    @Test
    void aCallIsOneEntryWithItsEnd() {
        server.recorder().started("1.2.3");
        create("dba");

        List<AuditEntry> entries = list(all()).getEntriesList();
        assertThat(entries).extracting(AuditEntry::getKind).containsExactly("begun", "started");
        AuditEntry call = entries.getFirst();
        assertThat(call.getSeq()).isEqualTo(2);
        assertThat(call.getUser()).isEqualTo("admin");
        assertThat(call.getAddress()).isEqualTo("127.0.0.1");
        assertThat(call.getMethod()).isEqualTo("drydock.v1.TeamService/CreateTeam");
        assertThat(call.getRequest().getFieldsMap())
                .containsEntry("name", Value.newBuilder().setStringValue("dba").build());
        assertThat(call.getOutcome().getCode()).isEqualTo("OK");
        assertThat(call.getEndedAt()).isEqualTo(Times.timestamp(FakeHosts.NOON));
        assertThat(call.getPrevious()).isEqualTo(entries.getLast().getHash());
        assertThat(entries.getLast().getDetailMap()).containsEntry("version", "1.2.3");
        assertThat(list(all().setKind("ended")).getEntriesList())
                .singleElement()
                .satisfies(end -> assertThat(end.getCall()).isEqualTo(call.getCall()));
    }

    @Test
    void aCallThatIsUnderWayHasNoOutcomeYet() throws Exception {
        CompletableFuture<StreamObserver<CreateTeamResponse>> served = new CompletableFuture<>();
        teams.does(served::complete);
        ListenableFuture<CreateTeamResponse> answer =
                server.client(TeamServiceGrpc::newFutureStub).createTeam(CreateTeamRequest.getDefaultInstance());
        StreamObserver<CreateTeamResponse> call = served.get();

        assertThat(list(all()).getEntries(0).hasOutcome()).isFalse();
        FakeTeams.done(call);
        assertThat(answer.get()).isNotNull();
        assertThat(list(all()).getEntries(0).getOutcome().getCode()).isEqualTo("OK");
    }

    @Test
    void aCallOfAnEarlierControllerThatHasNoEndIsUnknown() {
        server.audit().append(AuditEvent.of("begun").by("olga")).join();
        assertThat(list(all()).getEntries(0).getOutcome().getCode()).isEqualTo("UNKNOWN");
    }

    @Test
    void isSearchedAndPaged() {
        create("one");
        create("two");
        create("three");
        server.recorder().record(AuditEvent.of("login").by("olga")).join();

        List<Long> seen = new ArrayList<>();
        String token = "";
        do {
            ListAuditEntriesResponse page = list(all().setPageSize(1).setPageToken(token));
            assertThat(page.getEntriesCount()).isEqualTo(1);
            seen.add(page.getEntries(0).getSeq());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(seen).containsExactly(7L, 5L, 3L, 1L);

        assertThat(list(all().setUser("olga")).getEntriesList())
                .extracting(AuditEntry::getKind)
                .containsExactly("login");
        assertThat(list(all().setMethod("CreateTeam")).getEntriesCount()).isEqualTo(3);
        assertThat(list(all().setMethod("DeleteTeam")).getEntriesCount()).isZero();
        assertThat(list(all().setTo(Times.timestamp(FakeHosts.NOON))).getEntriesCount())
                .isZero();
        assertThat(list(all().setFrom(Times.timestamp(FakeHosts.NOON))).getEntriesCount())
                .isEqualTo(4);
    }

    @Test
    void saysAllThatIsWrongWithASearch() {
        assertFails(
                        Status.Code.INVALID_ARGUMENT,
                        () -> list(all().setPageSize(-1)
                                .setMethod("a b")
                                .setPageToken("x")
                                .setFrom(Times.timestamp(FakeHosts.NOON))
                                .setTo(Times.timestamp(FakeHosts.NOON))))
                .hasMessageContaining("page_size: -1")
                .hasMessageContaining("method: 'a b'")
                .hasMessageContaining("page_token: 'x'")
                .hasMessageContaining("to: ");
    }

    @Test
    void isExportedAsItWasHashed() {
        for (int i = 0; i < 1_203; i++) {
            server.audit().append(AuditEvent.of("login").by("u" + i)).join();
        }
        List<String> lines =
                Chains.whole(server.audit()).stream().map(AuditLine::text).toList();

        assertThat(export(0)).isEqualTo(lines);
        assertThat(export(1_200)).isEqualTo(lines.subList(1_200, 1_203));
        assertThat(export(1_203)).isEmpty();
        AuditHead head = admin.getAuditHead(GetAuditHeadRequest.getDefaultInstance());
        assertThat(head.getSeq()).isEqualTo(1_203);
        assertThat(lines.getLast()).endsWith(",\"hash\":\"" + head.getHash() + "\"}");
        for (long none : new long[] {-1, 1_204}) {
            assertFails(Status.Code.INVALID_ARGUMENT, () -> export(none)).hasMessageContaining("after: " + none);
        }
    }

    private List<String> export(long after) {
        List<String> lines = new ArrayList<>();
        admin.exportAudit(ExportAuditRequest.newBuilder().setAfter(after).build())
                .forEachRemaining(page -> lines.addAll(page.getLinesList()));
        return lines;
    }

    @Test
    void anEmptyLogIsExportedAsNothing() {
        assertThat(export(0)).isEmpty();
        assertThat(admin.getAuditHead(GetAuditHeadRequest.getDefaultInstance()).getSeq())
                .isZero();
    }

    @Test
    void pagesAreOfASizeThatClientsTake() {
        String request = "{\"name\":\"" + "x".repeat(16_000) + "\"}";
        for (int i = 0; i < 300; i++) {
            var unused = server.audit().append(AuditEvent.of("begun").asking(request));
        }
        server.recorder().recordNow(AuditEvent.of("login"));
        List<ExportAuditResponse> pages = new ArrayList<>();
        admin.exportAudit(ExportAuditRequest.getDefaultInstance()).forEachRemaining(pages::add);
        assertThat(pages).allMatch(page -> page.getSerializedSize() < 1_100_000);
        assertThat(pages.stream().mapToInt(ExportAuditResponse::getLinesCount).sum())
                .isEqualTo(301);
    }

    @Test
    void anExportEndsWhenTheControllerStops() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            var unused = server.audit().append(AuditEvent.of("login").by("u".repeat(300)));
        }
        CountDownLatch ended = new CountDownLatch(1);
        SlowReader reader = new SlowReader(ended);
        AuditServiceGrpc.AuditServiceStub stub = server.client(AuditServiceGrpc::newStub);
        stub.exportAudit(ExportAuditRequest.getDefaultInstance(), reader);
        server.streams().stop();
        reader.goOn();
        ended.await();
        // More than the transport takes in advance: a part must not look like all.
        assertThat(reader.status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(reader.lines).isLessThan(20_000);
    }

    @Test
    void whoMayRead() {
        AuditServiceBlockingStub anna = as(server.user("anna", Role.APPROVER, ""));
        assertThat(anna.listAuditEntries(all().build()).getEntriesCount()).isZero();
        assertThat(anna.getAuditHead(GetAuditHeadRequest.getDefaultInstance()).getSeq())
                .isZero();
        assertFails(Status.Code.PERMISSION_DENIED, () -> anna.exportAudit(ExportAuditRequest.getDefaultInstance())
                .hasNext());
        AuditServiceBlockingStub olga = as(server.user("olga", Role.OPERATOR, ""));
        assertFails(Status.Code.PERMISSION_DENIED, () -> olga.listAuditEntries(all().build()));
    }

    private AuditServiceBlockingStub as(String header) {
        return TestServer.withAuthorization(AuditServiceGrpc.newBlockingStub(server.channel()), header);
    }

    private static final class SlowReader implements StreamObserver<ExportAuditResponse> {
        private final CountDownLatch ended;
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile int lines;
        private volatile Status status = Status.OK;

        SlowReader(CountDownLatch ended) {
            this.ended = ended;
        }

        void goOn() {
            goOn.countDown();
        }

        @Override
        public void onNext(ExportAuditResponse page) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines += page.getLinesCount();
        }

        @Override
        public void onError(Throwable failure) {
            status = Status.fromThrowable(failure);
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }
    }
}
