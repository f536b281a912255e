package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.CountedFailures;
import dev.drydock.controller.store.Chains;
import dev.drydock.controller.store.StoreException;
import dev.drydock.proto.v1.CreateTeamRequest;
import dev.drydock.proto.v1.CreateTeamResponse;
import dev.drydock.proto.v1.ListTeamsRequest;
import dev.drydock.proto.v1.TeamServiceGrpc;
import dev.drydock.proto.v1.TeamServiceGrpc.TeamServiceBlockingStub;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditInterceptorTest {
    private static final CreateTeamRequest DBA = CreateTeamRequest.newBuilder()
            .setName("dba")
            .setWebhook("https://hooks.example.com/s3cr3t")
            .setWebhookSecret("whsec_abcdefghijklmnop")
            .build();

    @TempDir
    Path directory;

    private final FakeTeams teams = new FakeTeams();
    private @Nullable TestServer server;
    private @Nullable HeldAuditLog held;

    private TestServer start() throws IOException {
        TestServer started = new TestServer(directory, test -> List.of(teams));
        server = started;
        return started;
    }

    private TestServer startHeld() throws IOException {
        TestServer started = new TestServer(directory, test -> List.of(teams), audit -> {
            HeldAuditLog log = new HeldAuditLog(audit);
            held = log;
            return log;
        });
        server = started;
        return started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static List<String> bodies(TestServer test) {
        return Chains.whole(test.audit()).stream().map(AuditLine::body).toList();
    }

    @Test
    void aChangeIsOnRecordWithItsBeginningAndItsEndAndWithoutSecrets() throws Exception {
        TestServer test = start();
        CreateTeamResponse unused =
                test.client(TeamServiceGrpc::newBlockingStub).createTeam(DBA);

        List<String> bodies = bodies(test);
        assertThat(bodies).hasSize(2);
        assertThat(bodies.getFirst())
                .contains(
                        "\"kind\":\"begun\",\"call\":\"c-",
                        "\"user\":\"admin\",\"credential\":\"token first\",\"address\":\"127.0.0.1\",\"method\":\"drydock.v1.TeamService/CreateTeam\","
                                + "\"request\":{\"name\":\"dba\",\"webhook\":\"[redacted]\",\"webhookSecret\":\"[redacted]\"}");
        assertThat(bodies.getLast())
                .contains(
                        "\"kind\":\"ended\",\"call\":\"c-",
                        "\"user\":\"admin\",\"credential\":\"token first\","
                                + "\"method\":\"drydock.v1.TeamService/CreateTeam\","
                                + "\"outcome\":{\"code\":\"OK\"}");
        assertThat(bodies.toString()).doesNotContain("s3cr3t", "abcdef");
    }

    @Test
    void whatOnlyLooksIsNotOnRecord() throws Exception {
        TestServer test = start();
        assertThat(test.client(TeamServiceGrpc::newBlockingStub)
                        .listTeams(ListTeamsRequest.getDefaultInstance())
                        .getTeamsCount())
                .isZero();
        assertThat(bodies(test)).isEmpty();
    }

    @Test
    void whatTheClientWasToldIsOnRecordButForWhatItQuotes() throws Exception {
        TestServer test = start();
        teams.does(call -> {
            throw Refusals.invalid(
                    List.of("webhook: 'https://hooks.example.com/s3cr3t' is no address", "name: is wrong too"));
        });
        assertFails(Status.Code.INVALID_ARGUMENT, () -> test.client(TeamServiceGrpc::newBlockingStub)
                        .createTeam(DBA))
                .hasMessageContaining("s3cr3t");
        assertThat(bodies(test).getLast())
                .contains("\"outcome\":{\"code\":\"INVALID_ARGUMENT\",\"description\":"
                        + "\"webhook: '[redacted]' is no address\"}");

        teams.does(call -> {
            throw new IllegalStateException("inner words");
        });
        assertFails(Status.Code.INTERNAL, () -> test.client(TeamServiceGrpc::newBlockingStub)
                .createTeam(DBA));
        assertThat(bodies(test).getLast())
                .contains("\"code\":\"INTERNAL\"", "look for error e-1")
                .doesNotContain("inner words");
    }

    @Test
    void nothingIsDoneBeforeTheBeginningIsOnDiskAndNothingIsToldBeforeTheEndIs() throws Exception {
        TestServer test = startHeld();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        teams.does(call -> {
            order.add("served");
            FakeTeams.done(call);
        });
        ListenableFuture<CreateTeamResponse> answer =
                test.client(TeamServiceGrpc::newFutureStub).createTeam(DBA);
        answer.addListener(() -> order.add("answered"), Runnable::run);

        HeldAuditLog.Held begun = next();
        assertThat(begun.event().kind()).isEqualTo(AuditEvent.BEGUN);
        order.add("begun");
        begun.letThrough();
        HeldAuditLog.Held ended = next();
        assertThat(ended.event().kind()).isEqualTo(AuditEvent.ENDED);
        order.add("ended");
        ended.letThrough();
        assertThat(answer.get()).isEqualTo(CreateTeamResponse.getDefaultInstance());
        // The listener of a future may run after those who wait for it go on.
        Awaitility.await().until(() -> order.size() == 4);
        assertThat(order).containsExactly("begun", "served", "ended", "answered");
        assertThat(bodies(test)).hasSize(2);
    }

    private HeldAuditLog.Held next() throws InterruptedException {
        HeldAuditLog log = held;
        assertThat(log).isNotNull();
        return log.next();
    }

    @Test
    void whatCannotBePutOnRecordIsNotDone() throws Exception {
        TestServer test = startHeld();
        for (StoreException.Kind kind : StoreException.Kind.values()) {
            ListenableFuture<CreateTeamResponse> answer =
                    test.client(TeamServiceGrpc::newFutureStub).createTeam(DBA);
            next().fail(new StoreException(kind, "The database is gone.", null));
            assertThat(status(answer).getCode())
                    .isEqualTo(
                            kind == StoreException.Kind.DISK_FULL
                                    ? Status.Code.RESOURCE_EXHAUSTED
                                    : Status.Code.UNAVAILABLE);
            assertThat(status(answer).getDescription())
                    .isEqualTo("The audit log cannot be written, so nothing was done: The database is gone.");
        }
        assertThat(teams.created()).isZero();
        assertThat(test.client(TeamServiceGrpc::newBlockingStub)
                        .listTeams(ListTeamsRequest.getDefaultInstance())
                        .getTeamsCount())
                .isZero();
    }

    @Test
    void anEndThatCannotBePutOnRecordIsNoSuccess() throws Exception {
        TestServer test = startHeld();
        ListenableFuture<CreateTeamResponse> answer =
                test.client(TeamServiceGrpc::newFutureStub).createTeam(DBA);
        next().letThrough();
        next().fail(new StoreException(StoreException.Kind.BROKEN, "The database is gone.", null));
        assertThat(status(answer).getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(status(answer).getDescription()).contains("CreateTeam was done", "audit log");

        teams.does(call -> call.onError(
                Status.ALREADY_EXISTS.withDescription("There is one.").asRuntimeException()));
        ListenableFuture<CreateTeamResponse> refused =
                test.client(TeamServiceGrpc::newFutureStub).createTeam(DBA);
        next().letThrough();
        next().fail(new StoreException(StoreException.Kind.BROKEN, "The database is gone.", null));
        assertThat(status(refused).getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    }

    private static Status status(ListenableFuture<?> answer) throws InterruptedException {
        try {
            throw new AssertionError("it was answered: " + answer.get());
        } catch (ExecutionException e) {
            return Status.fromThrowable(e);
        }
    }

    /** A service may answer in a stage of a write's future: on the one thread that must not wait for a write. */
    @Test
    void theThreadThatTellsOfWritesMayAnswer() throws Exception {
        TestServer test = start();
        teams.does(call -> test.store().write(handle -> 1, durable -> FakeTeams.done(call)));
        List<ListenableFuture<CreateTeamResponse>> answers = new ArrayList<>();
        TeamServiceGrpc.TeamServiceFutureStub client = test.client(TeamServiceGrpc::newFutureStub);
        for (int i = 0; i < 500; i++) {
            answers.add(client.createTeam(DBA));
        }
        for (ListenableFuture<CreateTeamResponse> answer : answers) {
            assertThat(answer.get()).isNotNull();
        }
        List<String> bodies = bodies(test);
        assertThat(bodies).hasSize(1_000);
        assertThat(bodies.stream().filter(body -> body.contains("\"kind\":\"ended\"")))
                .hasSize(500)
                .allMatch(body -> body.contains("\"code\":\"OK\""));
    }

    @Test
    void aCallThatTheClientLeavesEnds() throws Exception {
        TestServer test = start();
        CountDownLatch served = new CountDownLatch(1);
        // It answers never: its client goes away.
        teams.does(call -> served.countDown());
        ListenableFuture<CreateTeamResponse> answer =
                test.client(TeamServiceGrpc::newFutureStub).createTeam(DBA);
        served.await();
        assertThat(answer.cancel(true)).isTrue();
        Awaitility.await().until(() -> bodies(test).size() == 2);
        assertThat(bodies(test).getLast()).contains("\"code\":\"CANCELLED\"");
    }

    @Test
    void whoMayNotChangeSomethingIsOnRecord() throws Exception {
        TestServer test = start();
        TeamServiceBlockingStub vera = TestServer.withAuthorization(
                TeamServiceGrpc.newBlockingStub(test.channel()), test.user("vera", Role.VIEWER, ""));
        assertThat(vera.listTeams(ListTeamsRequest.getDefaultInstance()).getTeamsCount())
                .isZero();
        assertFails(Status.Code.PERMISSION_DENIED, () -> vera.createTeam(DBA));
        assertThat(bodies(test))
                .singleElement()
                .asString()
                .contains("\"kind\":\"refused\",\"user\":\"vera\",\"address\":\"127.0.0.1\","
                        + "\"method\":\"drydock.v1.TeamService/CreateTeam\","
                        + "\"outcome\":{\"code\":\"PERMISSION_DENIED\",\"description\":\"CreateTeam needs the role");
        assertThat(teams.created()).isZero();
    }

    @Test
    void whoIsNotLetInIsOnRecordOnceAndThenCounted() throws Exception {
        TestServer test = start();
        TeamServiceBlockingStub stranger =
                TestServer.withAuthorization(TeamServiceGrpc.newBlockingStub(test.channel()), "Bearer dda1.guessed");
        for (int i = 0; i < 20; i++) {
            assertFails(Status.Code.UNAUTHENTICATED, () -> stranger.listTeams(ListTeamsRequest.getDefaultInstance()));
        }
        assertThat(bodies(test))
                .singleElement()
                .asString()
                .contains(
                        "\"kind\":\"refused\",\"address\":\"127.0.0.1\",\"method\":\"drydock.v1.TeamService/ListTeams\","
                                + "\"outcome\":{\"code\":\"UNAUTHENTICATED\"");
        try (var counted = new CountedFailures(test.recorder())) {
            counted.start();
        }
        assertThat(bodies(test))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"more\":\"19\"")
                .doesNotContain("guessed");
    }
}
