package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Agents that do what a test says, and a dispatcher that writes down what it was asked. */
final class TestAgents implements RunDispatcher {
    private static final List<RunState> WAY =
            List.of(RunState.ACCEPTED, RunState.PREFLIGHT, RunState.RUNNING, RunState.VERIFYING);

    final List<String> woken = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final RunStore runs;

    TestAgents(RunStore runs) {
        this.runs = runs;
    }

    @Override
    public void wake(String hostId) {
        woken.add(hostId);
    }

    @Override
    public void cancel(String hostId, String runId, CancelRun.Mode mode, String reason) {
        cancelled.add(runId + " " + mode);
    }

    /** The host takes its one open run and begins. */
    void start(String hostId) {
        Run run = open(hostId);
        runs.append(run.id(), way()).join();
    }

    /** The host's one open run ends so, from wherever it stands. */
    void end(String hostId, RunState outcome) {
        Run run = open(hostId);
        List<RunEvent> events = new ArrayList<>(way());
        events.add(Runs.result(WAY.size() + 1, outcome, "because"));
        runs.append(run.id(), events).join();
    }

    Run open(String hostId) {
        List<Run> open = runs.openOf(hostId);
        if (open.size() != 1) {
            throw new AssertionError("open on " + hostId + ": " + open);
        }
        return open.getFirst();
    }

    private static List<RunEvent> way() {
        List<RunEvent> events = new ArrayList<>(List.of(Runs.accepted()));
        for (int i = 1; i < WAY.size(); i++) {
            events.add(Runs.transition(i + 1, WAY.get(i - 1), WAY.get(i)));
        }
        return events;
    }
}
