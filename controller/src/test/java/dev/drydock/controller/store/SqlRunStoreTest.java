package dev.drydock.controller.store;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.step;
import static dev.drydock.controller.run.Runs.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.controller.run.Reboot;
import dev.drydock.controller.run.Reboot.Phase;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunEventGapException;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlRunStoreTest {
    private static final List<RunEvent> WHOLE = List.of(
            accepted(),
            transition(2, RunState.ACCEPTED, RunState.PREFLIGHT),
            transition(3, RunState.PREFLIGHT, RunState.RUNNING),
            step(4, 0, "Security updates", StepState.APPLYING),
            step(5, 0, "Security updates", StepState.APPLIED),
            transition(6, RunState.RUNNING, RunState.VERIFYING),
            result(7, RunState.SUCCEEDED, "all checks green"));

    @TempDir
    Path directory;

    private final List<Run> heard = new CopyOnWriteArrayList<>();
    private SqlStore store;
    private SqlRunStore runs;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        runs = new SqlRunStore(store, () -> NOON.plusSeconds(9_000), heard::add);
        store.write(handle -> {
            RunTable.insert(handle, offered("r-1", "h-1"));
            return true;
        });
        store.writeNow(handle -> {
            RunTable.insert(handle, offered("r-1", "h-other"));
            return true;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsWhatARunThatRebootsWaitsFor() {
        runs.append(
                        "r-1",
                        List.of(
                                accepted(),
                                transition(2, RunState.ACCEPTED, RunState.RUNNING),
                                step(3, 1, "Reboot", StepState.STEP_AWAITING_REBOOT)))
                .join();
        assertThat(reboot()).contains(new Reboot(1, Phase.AWAITED));

        assertThat(runs.allowReboot("r-1", 0).join().reboot()).contains(new Reboot(1, Phase.AWAITED));
        runs.allowReboot("r-1", 1).join();
        assertThat(reboot()).contains(new Reboot(1, Phase.ALLOWED));
        int told = heard.size();
        runs.allowReboot("r-1", 1).join();
        assertThat(heard).as("nothing changed").hasSize(told);

        runs.append("r-1", List.of(step(4, 1, "Reboot", StepState.STEP_REBOOTING)))
                .join();
        runs.append("r-1", List.of(step(5, 1, "Reboot", StepState.APPLIED))).join();
        assertThat(reboot()).as("until it is proven").contains(new Reboot(1, Phase.UNDER_WAY));
        runs.append("r-1", List.of(step(6, 1, "Reboot", StepState.STEP_VERIFIED)))
                .join();
        assertThat(reboot()).isEmpty();
    }

    @Test
    void aRunThatHasEndedRebootsNoMore() {
        runs.append("r-1", List.of(accepted(), step(2, 1, "Reboot", StepState.STEP_REBOOTING)))
                .join();
        runs.conclude("r-1", RunState.LOST, "no result").join();
        assertThat(reboot()).isEmpty();
    }

    private Optional<Reboot> reboot() {
        return runs.find("r-1").orElseThrow().reboot();
    }

    @Test
    void tellsWhichOfManyRunsHaveBegunAndAtWhichStepTheyStand() {
        List<String> asked = new ArrayList<>(
                IntStream.range(0, 700).mapToObj(i -> "no-run-" + i).toList());
        asked.add("r-1");
        assertThat(runs.begun(asked)).isEmpty();
        assertThat(runs.steps(asked)).isEmpty();

        Run begun = runs.append(
                        "r-1",
                        List.of(
                                accepted(),
                                transition(2, RunState.ACCEPTED, RunState.RUNNING),
                                step(3, 1, "reload", StepState.APPLIED)))
                .join();
        assertThat(runs.begun(asked)).containsExactly(begun);
        assertThat(runs.steps(asked)).containsExactly(Map.entry("r-1", "reload"));
        assertThat(runs.begun(List.of())).isEmpty();
    }

    @Test
    void findsARunAsItWasInsertedFirst() {
        assertThat(runs.find("r-1")).contains(offered("r-1", "h-1"));
        assertThat(runs.find("r-2")).isEmpty();
    }

    @Test
    void eventsMoveTheRunToItsOutcome() {
        Run run = runs.append("r-1", WHOLE).join();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.reason()).isEqualTo("all checks green");
        assertThat(run.startedAt()).contains(NOON.plusSeconds(2));
        assertThat(run.endedAt()).contains(NOON.plusSeconds(7));
        assertThat(run.lastSequence()).isEqualTo(7);
        assertThat(runs.find("r-1")).contains(run);
        assertThat(runs.events("r-1")).isEqualTo(WHOLE);
        assertThat(runs.openOf("h-1")).isEmpty();
        assertThat(runs.steps(List.of("r-1"))).isEqualTo(Map.of("r-1", "Security updates"));
    }

    @Test
    void eventsSentAgainChangeNothingAndAreNotToldAgain() {
        runs.append("r-1", WHOLE.subList(0, 4)).join();
        runs.append("r-1", WHOLE.subList(1, 4)).join();
        runs.append("r-1", WHOLE).join();
        runs.append("r-1", WHOLE).join();

        assertThat(runs.events("r-1")).isEqualTo(WHOLE);
        assertThat(heard).extracting(Run::lastSequence).containsExactly(4L, 7L);
    }

    @Test
    void aGapIsRefusedAndNothingOfItStored() {
        List<RunEvent> withGap = new ArrayList<>(WHOLE);
        withGap.remove(3);
        assertThatThrownBy(() -> runs.append("r-1", withGap).join())
                .hasCauseInstanceOf(RunEventGapException.class)
                .hasMessageContaining("send again from 4");
        assertThat(runs.events("r-1")).isEmpty();
        assertThat(runs.find("r-1")).contains(offered("r-1", "h-1"));
        assertThat(heard).isEmpty();
    }

    @Test
    void eventsOfNoRunAreRefused() {
        assertThatThrownBy(() -> runs.append("r-9", WHOLE).join()).hasCauseInstanceOf(UnknownRunException.class);
    }

    @Test
    void whatTheAgentSaysLaterWinsOverLost() {
        Run lost =
                runs.conclude("r-1", RunState.LOST, "silent past its deadline").join();
        assertThat(lost.state()).isEqualTo(RunState.LOST);
        assertThat(lost.endedAt()).contains(NOON.plusSeconds(9_000));

        Run running = runs.append("r-1", WHOLE.subList(0, 3)).join();
        assertThat(running.state()).isEqualTo(RunState.RUNNING);
        assertThat(running.endedAt()).isEmpty();
        assertThat(running.reason()).isEmpty();
        assertThat(runs.openOf("h-1")).containsExactly(running);

        assertThat(runs.append("r-1", WHOLE).join().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(heard).extracting(Run::state).containsExactly(RunState.LOST, RunState.RUNNING, RunState.SUCCEEDED);
    }

    @Test
    void concludingAnEndedRunIsIgnored() {
        runs.append("r-1", WHOLE).join();
        Run run = runs.conclude("r-1", RunState.LOST, "too late").join();
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(heard).hasSize(1);
    }

    @Test
    void aCancelStaysOnRecordUntilTheRunEnds() {
        runs.requestCancel("r-1", CancelRun.Mode.MODE_ROLL_BACK, "rollout aborted");
        assertThat(runs.openOn(List.of("h-1", "h-none"))
                        .getOrDefault("h-1", OpenRuns.NONE)
                        .cancels())
                .containsExactly(new CancelRequest("r-1", CancelRun.Mode.MODE_ROLL_BACK, "rollout aborted"));
        runs.append("r-1", WHOLE).join();
        assertThat(runs.openOn(List.of("h-1", "h-none"))).isEmpty();
    }

    @Test
    void tellsWhatSeveralHostsHaveOpen() {
        store.writeNow(handle -> {
            RunTable.insert(handle, offered("r-2", "h-1"));
            RunTable.insert(handle, offered("r-3", "h-2"));
            return true;
        });
        runs.requestCancel("r-2", CancelRun.Mode.MODE_ROLL_BACK, "rollout aborted");
        Map<String, OpenRuns> open = runs.openOn(List.of("h-1", "h-2", "h-none"));
        assertThat(open.keySet()).containsExactlyInAnyOrder("h-1", "h-2");
        assertThat(open.getOrDefault("h-1", OpenRuns.NONE).runs())
                .isEqualTo(runs.openOf("h-1"))
                .hasSize(2);
        assertThat(open.getOrDefault("h-1", OpenRuns.NONE).cancels())
                .containsExactly(new CancelRequest("r-2", CancelRun.Mode.MODE_ROLL_BACK, "rollout aborted"));
        assertThat(open.getOrDefault("h-2", OpenRuns.NONE).runs())
                .extracting(Run::id)
                .containsExactly("r-3");
        assertThat(open.getOrDefault("h-2", OpenRuns.NONE).cancels()).isEmpty();
    }

    @Test
    void durableOutputOnlyGrows() {
        assertThat(runs.outputStored("r-1", 100).join().outputSize()).isEqualTo(100);
        assertThat(runs.outputStored("r-1", 40).join().outputSize()).isEqualTo(100);
        assertThat(runs.append("r-1", WHOLE).join().outputSize()).isEqualTo(100);
    }

    @Test
    void adoptsARunThatItDoesNotKnow() {
        Run run = runs.adopt(offered("r-5", "h-1"), WHOLE).join();
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(runs.adopt(offered("r-5", "h-1"), WHOLE).join()).isEqualTo(run);
        assertThat(runs.events("r-5")).isEqualTo(WHOLE);
    }

    @Test
    void listsNewestFirstByHostAndRollout() {
        runs.adopt(offered("r-2", "h-2"), List.of(accepted())).join();
        assertThat(runs.list(Optional.empty(), Optional.empty(), 10))
                .extracting(Run::id)
                .containsExactly("r-2", "r-1");
        assertThat(runs.list(Optional.of("h-2"), Optional.of("o-1"), 10))
                .extracting(Run::id)
                .containsExactly("r-2");
        assertThat(runs.list(Optional.empty(), Optional.empty(), 1)).hasSize(1);
        assertThat(runs.ofRollout("o-1")).extracting(Run::id).containsExactly("r-1", "r-2");
    }

    @Test
    void historyIsThereAfterReopening() {
        Run run = runs.append("r-1", WHOLE).join();
        store.close();
        open();
        assertThat(runs.find("r-1")).contains(run);
        assertThat(runs.events("r-1")).isEqualTo(WHOLE);
    }
}
