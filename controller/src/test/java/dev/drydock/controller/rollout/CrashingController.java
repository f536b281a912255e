package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A controller with a rollout to {@link #HOSTS} hosts and agents that do at once what they are told, for as long as it lives.
 * Prints a line for each thing that happens, and "done" when the rollout has ended. To be killed, and started again.
 */
final class CrashingController implements RunDispatcher {
    static final int HOSTS = 40;
    static final int AT_ONCE = 3;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
    private final ExecutorService agents = Executors.newFixedThreadPool(AT_ONCE);
    private final TestClock clock = new TestClock(Plans.FIRST.opens().plusSeconds(1));
    private final RunNotifier notifier = new RunNotifier();
    private final SqliteStore store;
    private final SqlRunStore runs;

    private CrashingController(Path file) {
        store = SqliteStore.open(file);
        runs = new SqlRunStore(store, clock, notifier);
    }

    static RolloutDraft draft() {
        return new RolloutDraft(
                "patches",
                new PlaybookVersion("web-monthly", 7, "d".repeat(64)),
                Map.of(),
                "true",
                "night",
                Optional.empty(),
                Plans.strategy("2,25%", Integer.toString(AT_ONCE), "0", Duration.ZERO),
                "olga");
    }

    public static void main(String[] arguments) throws Exception {
        CrashingController controller = new CrashingController(Path.of(arguments[0]));
        RolloutCoordinator coordinator = new RolloutCoordinator(
                new RolloutPorts(
                        new SqlRollouts(controller.store),
                        controller.runs,
                        controller.runs,
                        controller,
                        new TestHosts(HOSTS),
                        () -> Blackouts.NONE,
                        () -> new HostRules(List.of(), Plans.BEFORE)),
                new FixedPlans(HOSTS, Plans.ONCE),
                controller.clock);
        controller.notifier.add(coordinator);
        coordinator.start();
        // What agents hold of a former life they go on with by themselves.
        new SqlRollouts(controller.store)
                .openRuns().stream()
                        .filter(run -> run.lastSequence() > 0)
                        .forEach(run -> controller.wake(run.hostId()));
        coordinator.create(draft());
        coordinator.watch("patches", (rollout, notes) -> {
            notes.forEach(note -> controller.out.print("note\n"));
            if (rollout.state().ended()) {
                controller.out.print("done\n");
            }
        });
    }

    @Override
    public void wake(String hostId) {
        out.print("wake\n");
        agents.execute(() -> runs.openOf(hostId).forEach(this::carryOut));
    }

    private void carryOut(Run run) {
        List<RunEvent> story = List.of(
                Runs.accepted(),
                Runs.transition(2, RunState.ACCEPTED, RunState.PREFLIGHT),
                Runs.transition(3, RunState.PREFLIGHT, RunState.RUNNING),
                Runs.transition(4, RunState.RUNNING, RunState.VERIFYING),
                Runs.result(5, RunState.SUCCEEDED, "all checks green"));
        for (int end = 1; end <= story.size(); end++) {
            // Sent from the first again, as after a reconnect: the store takes what is new.
            runs.append(run.id(), new ArrayList<>(story.subList(0, end))).join();
            out.print("event\n");
        }
    }

    @Override
    public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {
        throw new AssertionError("nobody asked for it: " + runId + " " + reason);
    }
}
