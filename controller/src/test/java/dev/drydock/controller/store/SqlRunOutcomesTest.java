package dev.drydock.controller.store;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.compliance.HostEnd;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlRunOutcomesTest {
    @TempDir
    Path directory;

    private SqlStore store;
    private SqlRunStore runs;
    private SqlRunOutcomes outcomes;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        runs = new SqlRunStore(store, () -> NOON.plus(Duration.ofDays(1)), run -> {});
        outcomes = new SqlRunOutcomes(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Run adopt(String id, String host, RunEvent... events) {
        return runs.adopt(offered(id, host), List.of(events)).join();
    }

    private static RunEvent changed(long sequence, int changes) {
        RunEvent end = result(sequence, RunState.SUCCEEDED, "");
        RunEvent.Builder builder = end.toBuilder();
        for (int i = 0; i < changes; i++) {
            builder.getResultBuilder().addChanges(Change.newBuilder().setKind("package"));
        }
        return builder.build();
    }

    @Test
    void givesTheNewestEndedRunOfEachHost() {
        adopt("r-1", "h-1", accepted(), result(2, RunState.SUCCEEDED, ""));
        Run newest = adopt(
                "r-2",
                "h-1",
                accepted(),
                accepted().toBuilder().setSequence(2).build(),
                result(3, RunState.ROLLED_BACK, "503"));
        adopt("r-3", "h-1", accepted());
        adopt("r-4", "h-2", accepted());

        assertThat(outcomes.lastEnded(List.of("h-1", "h-2")))
                .containsOnlyKeys("h-1")
                .containsEntry("h-1", newest);
    }

    /** What was lost and speaks again is no longer the last that ended, until it has. */
    @Test
    void followsARunThatWasLost() {
        Run first = adopt("r-1", "h-1", accepted(), result(2, RunState.SUCCEEDED, ""));
        adopt("r-2", "h-1", accepted());
        runs.conclude("r-2", RunState.LOST, "no word").join();
        assertThat(outcomes.lastEndedAs(List.of(RunState.LOST, RunState.ROLLED_BACK)))
                .extracting(Run::id)
                .containsExactly("r-2");

        RunEvent resumed = accepted().toBuilder()
                .setSequence(2)
                .setRun(RunTransition.newBuilder().setTo(RunState.RUNNING))
                .build();
        runs.append("r-2", List.of(resumed)).join();
        assertThat(outcomes.lastEndedAs(List.of(RunState.LOST))).isEmpty();
        assertThat(outcomes.lastEnded(List.of("h-1"))).containsEntry("h-1", first);

        Run ended = runs.append("r-2", List.of(result(3, RunState.ROLLED_BACK, "503")))
                .join();
        assertThat(outcomes.lastEnded(List.of("h-1"))).containsEntry("h-1", ended);
        assertThat(outcomes.lastEndedAs(List.of(RunState.ROLLED_BACK))).containsExactly(ended);
    }

    @Test
    void countsWhatEachResultSaysWasChanged() {
        adopt("r-1", "h-1", accepted(), changed(2, 3));
        adopt("r-2", "h-2", accepted(), changed(2, 0));
        adopt("r-3", "h-3", accepted());
        Rollout rollout = RolloutMachine.planned(
                Plans.plan(4, Plans.strategy("4", "", "100%", Duration.ZERO), Plans.ONCE), Map.of());
        new SqlRollouts(store).insert(rollout, List.of());
        for (int i = 1; i <= 3; i++) {
            int host = i;
            store.writeNow(handle -> handle.createUpdate(
                            "UPDATE rollout_hosts SET run_id = :run, state = :state WHERE position = :position")
                    .bind("run", "r-" + host)
                    .bind("state", host == 3 ? "RUNNING" : "SUCCEEDED")
                    .bind("position", host - 1)
                    .execute());
        }

        assertThat(outcomes.ends(rollout.id())).extracting(HostEnd::changes).containsExactly(3, 0, 0, 0);
        assertThat(outcomes.ends(rollout.id()))
                .extracting(HostEnd::state)
                .containsExactly(
                        RunState.SUCCEEDED, RunState.SUCCEEDED, RunState.RUNNING, RunState.RUN_STATE_UNSPECIFIED);
        assertThat(outcomes.ends("o-2")).isEmpty();
        assertThat(new SqlRollouts(store).heads()).singleElement().satisfies(head -> {
            assertThat(head.name()).isEqualTo(rollout.name());
            assertThat(head.hosts()).hasSize(1);
        });
    }
}
