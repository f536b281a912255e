package dev.drydock.controller.api;

import static dev.drydock.controller.api.Statuses.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlWindows;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.CurrentHostRules;
import dev.drydock.controller.window.WindowDraft;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ExplainRequest;
import dev.drydock.proto.v1.ExplainedKind;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.ExplanationServiceGrpc;
import dev.drydock.proto.v1.ExplanationServiceGrpc.ExplanationServiceBlockingStub;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Statement;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplanationServiceTest {
    @TempDir
    Path directory;

    private final FakeHosts hosts = new FakeHosts();
    private final FakeRollouts rollouts = new FakeRollouts();
    private TestServer server;
    private ExplanationServiceBlockingStub explanations;

    @BeforeEach
    void start() throws Exception {
        hosts.add("h-1", "web-01", "web");
        hosts.add("h-4", "db-01", "db");
        rollouts.rollouts.add(Samples.rollout(RolloutState.RUNNING, RunState.RUNNING, ""));
        server = new TestServer(directory, test -> {
            SqlWindows windows = new SqlWindows(test.store());
            return List.of(new ExplanationService(
                    hosts,
                    rollouts,
                    new SqlRunStore(test.store(), TestServer.CLOCK, run -> {}),
                    windows,
                    () -> Blackouts.NONE,
                    new CurrentHostRules(windows, TestServer.CLOCK),
                    TestServer.CLOCK));
        });
        new SqlWindows(server.store()).create(window("webs", "host.labels.role == 'web'"));
        server.store().writeNow(handle -> {
            RunTable.insert(handle, Runs.offered("r-1", "h-1"));
            return true;
        });
        explanations = server.client(ExplanationServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static WindowDraft window(String name, String hosts) {
        return new WindowDraft(
                name,
                "FREQ=WEEKLY;BYDAY=SU",
                "2026-11-29T02:00",
                "UTC",
                Duration.ofHours(4),
                Duration.ofMinutes(30),
                Optional.empty(),
                List.of(),
                hosts,
                false);
    }

    private Explanation explain(String name) {
        return explanations.explain(ExplainRequest.newBuilder().setName(name).build());
    }

    private static List<String> said(Explanation answer) {
        return answer.getStatementsList().stream().map(Statement::getText).toList();
    }

    @Test
    void findsOutWhatIsMeant() {
        assertThat(explain("web-nov").getKind()).isEqualTo(ExplainedKind.EXPLAINED_ROLLOUT);
        assertThat(explain("r-1").getKind()).isEqualTo(ExplainedKind.EXPLAINED_RUN);
        assertThat(explain("web-01").getKind()).isEqualTo(ExplainedKind.EXPLAINED_HOST);
    }

    @Test
    void twoOfOneNameAreAskedApart() {
        hosts.add("h-9", "web-nov", "web");

        assertFails(Status.Code.FAILED_PRECONDITION, () -> explain("web-nov")).hasMessageContaining("by kind");
        assertThat(explanations
                        .explain(ExplainRequest.newBuilder()
                                .setName("web-nov")
                                .setKind(ExplainedKind.EXPLAINED_HOST)
                                .build())
                        .getKind())
                .isEqualTo(ExplainedKind.EXPLAINED_HOST);
    }

    @Test
    void suggestsTheNearestNameOfAnyKind() {
        assertFails(Status.Code.NOT_FOUND, () -> explain("web-nvo")).hasMessageContaining("Did you mean web-nov?");
        assertFails(Status.Code.INVALID_ARGUMENT, () -> explain("")).hasMessageContaining("name: is empty");
    }

    @Test
    void aHostSaysItsWindowItsRolloutAndItsRuns() {
        assertThat(said(explain("web-01")))
                .anySatisfy(text ->
                        assertThat(text).isEqualTo("window webs is for it and opens next at 2026-11-29T02:00:00Z"))
                .anySatisfy(text -> assertThat(text).startsWith("rollout web-nov has it: it is being patched"))
                .anySatisfy(text -> assertThat(text).startsWith("run r-1 of rollout web-nov"));
    }

    @Test
    void aHostThatNoRolloutHasIsToldHowToBeInOne() {
        hosts.pending("db-01", "openssl", FakeHosts.NOON);

        Explanation answer = explain("db-01");
        assertThat(said(answer)).contains("no rollout that has not ended has it");
        assertThat(answer.getNextStepsList())
                .extracting(NextStep::getCommand)
                .containsExactly("drydock rollout plan --help");
    }

    @Test
    void aDrainedHostSaysHowRunsStartAgain() {
        hosts.drain("web-01", true);

        Explanation answer = explain("web-01");
        assertThat(answer.getSummary()).isEqualTo("Host web-01 is drained: no new run starts there.");
        assertThat(answer.getNextStepsList())
                .extracting(NextStep::getCommand)
                .containsExactly("drydock host drain web-01 --undo");
    }

    @Test
    void windowsThatContradictEachOtherAreTheReason() throws Exception {
        WindowDraft other = window("others", "host.labels.role == 'web'");
        new SqlWindows(server.store())
                .create(new WindowDraft(
                        other.name(),
                        other.rrule(),
                        other.start(),
                        other.zone(),
                        other.duration(),
                        Duration.ofMinutes(10),
                        other.reserve(),
                        other.calendars(),
                        other.hosts(),
                        false));

        assertThat(said(explain("web-01")))
                .anySatisfy(text -> assertThat(text).startsWith("nothing starts on it: windows"));
        assertThat(said(explain("db-01"))).noneSatisfy(text -> assertThat(text).startsWith("nothing starts on it"));
    }

    @Test
    void nothingIsToldOfHostsThatAreNotTheCallers() {
        rollouts.rollouts.add(Samples.rollout(
                "o-2",
                "books",
                List.of(new PlannedHost("h-4", "db-01", 1, "")),
                RolloutState.RUNNING,
                RunState.RUNNING,
                ""));
        ExplanationServiceBlockingStub shop = TestServer.withAuthorization(
                ExplanationServiceGrpc.newBlockingStub(server.channel()),
                server.user("shop", Role.VIEWER, "host.labels.role == 'web'"));

        assertFails(
                Status.Code.NOT_FOUND,
                () -> shop.explain(ExplainRequest.newBuilder().setName("books").build()));
        assertFails(
                Status.Code.NOT_FOUND,
                () -> shop.explain(ExplainRequest.newBuilder().setName("db-01").build()));
        assertThat(shop.explain(ExplainRequest.newBuilder().setName("web-01").build())
                        .toString())
                .doesNotContain("db-01")
                .doesNotContain("books");
    }
}
