package dev.drydock.controller.run;

import com.google.protobuf.Timestamp;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Runs and events for tests. */
public final class Runs {
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Runs() {}

    public static Run offered(String id, String hostId) {
        return new Run(
                id,
                "o-1",
                hostId,
                "web-monthly",
                7,
                "d".repeat(64),
                Map.of("site", "/var/www"),
                "sunday-night",
                NOON,
                NOON.plusSeconds(3600),
                NOON.plusSeconds(1800),
                NOON.plusSeconds(7200),
                RunState.OFFERED,
                "",
                NOON,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty());
    }

    public static RunEvent accepted() {
        return event(1).setAccepted(Accepted.newBuilder().setBootId("boot")).build();
    }

    public static RunEvent transition(long sequence, RunState from, RunState to) {
        return event(sequence)
                .setRun(RunTransition.newBuilder().setFrom(from).setTo(to))
                .build();
    }

    public static RunEvent step(long sequence, int index, String name, StepState state) {
        return event(sequence)
                .setStep(StepTransition.newBuilder()
                        .setIndex(index)
                        .setPhase(StepTransition.Phase.PHASE_STEPS)
                        .setName(name)
                        .setState(state))
                .build();
    }

    public static RunEvent took(long sequence, String name, StepState state, Duration took) {
        RunEvent.Builder event = step(sequence, 0, name, state).toBuilder();
        event.getStepBuilder()
                .setAction("os.packages")
                .setTook(com.google.protobuf.Duration.newBuilder().setSeconds(took.getSeconds()));
        return event.build();
    }

    public static RunEvent result(long sequence, RunState outcome, String reason) {
        return event(sequence)
                .setResult(RunResult.newBuilder().setOutcome(outcome).setReason(reason))
                .build();
    }

    /** At noon plus as many seconds as its sequence. */
    private static RunEvent.Builder event(long sequence) {
        return RunEvent.newBuilder()
                .setSequence(sequence)
                .setAt(Timestamp.newBuilder().setSeconds(NOON.getEpochSecond() + sequence));
    }
}
