package dev.drydock.bench.history;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run that took ten minutes; one in a hundred was rolled back. */
record SeededRun(String id, String rollout, int host, Instant opens) {
    static final Duration WINDOW = Duration.ofHours(4);
    static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static final int FAILS = 100;
    private static final Duration TOOK = Duration.ofMinutes(10);

    static SeededRun of(int rollout, int host, String rolloutId, Instant opens) {
        return new SeededRun("%04x%020x".formatted(rollout, host), rolloutId, host, opens);
    }

    RunState state() {
        return (host + opens.getEpochSecond() / 86_400) % FAILS == 0 ? RunState.ROLLED_BACK : RunState.SUCCEEDED;
    }

    Instant ended() {
        return opens.plus(TOOK);
    }

    String reason() {
        return state() == RunState.SUCCEEDED ? "" : "nginx.service did not come back";
    }

    List<RunEvent> events() {
        Offer offer = Offer.newBuilder()
                .setRunId(id)
                .setRolloutId(rollout)
                .setPlaybookName("monthly")
                .setPlaybookVersion(7)
                .setPlaybookDigest(DIGEST)
                .setWindowName("nights")
                .setWindowOpens(timestamp(opens))
                .setWindowCloses(timestamp(opens.plus(WINDOW)))
                .setStartBefore(timestamp(opens.plus(WINDOW)))
                .putLabels("team", "t1")
                .build();
        List<RunEvent> events = new ArrayList<>();
        add(
                events,
                RunEvent.newBuilder()
                        .setAccepted(Accepted.newBuilder().setOffer(offer).setAgentVersion("0.1.0")));
        add(events, move(RunState.ACCEPTED, RunState.PREFLIGHT));
        add(events, move(RunState.PREFLIGHT, RunState.RUNNING));
        add(
                events,
                RunEvent.newBuilder()
                        .setStep(StepTransition.newBuilder()
                                .setPhase(StepTransition.Phase.PHASE_STEPS)
                                .setName("update nginx")
                                .setAction("package.upgrade")
                                .setState(StepState.APPLIED)
                                .addChanges(change())));
        add(
                events,
                RunEvent.newBuilder()
                        .setResult(RunResult.newBuilder()
                                .setOutcome(state())
                                .setReason(reason())
                                .addChanges(change())));
        return events;
    }

    private void add(List<RunEvent> events, RunEvent.Builder event) {
        events.add(event.setSequence(events.size() + 1L)
                .setAt(timestamp(opens.plusSeconds(events.size() * 30L)))
                .build());
    }

    private static RunEvent.Builder move(RunState from, RunState to) {
        return RunEvent.newBuilder()
                .setRun(RunTransition.newBuilder().setFrom(from).setTo(to));
    }

    private static Change change() {
        return Change.newBuilder()
                .setKind("package")
                .setName("nginx")
                .setFrom("1.22.1-9")
                .setTo("1.22.1-9+deb12u1")
                .build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }
}
