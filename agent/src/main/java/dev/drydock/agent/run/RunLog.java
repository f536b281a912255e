package dev.drydock.agent.run;

import dev.drydock.agent.journal.EventLog;
import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The one writer of a run's state: an event is checked against the state machine, made durable, and only then does the run
 * stand where it leads. Used by the run's thread alone.
 */
final class RunLog {
    private final EventLog journal;
    private final RunClock clock;
    private final Consumer<RunEvent> onAppended;
    private RunSnapshot snapshot;

    RunLog(RunSnapshot snapshot, EventLog journal, RunClock clock, Consumer<RunEvent> onAppended) {
        this.snapshot = snapshot;
        this.journal = journal;
        this.clock = clock;
        this.onAppended = onAppended;
    }

    RunSnapshot snapshot() {
        return snapshot;
    }

    /** @throws IOException when it is not known whether the event is durable: the run must stop and be resumed */
    void append(RunEvent.Builder builder) throws IOException {
        RunEvent event = builder.setSequence(snapshot.sequence() + 1)
                .setAt(Instants.of(clock.now()))
                .build();
        RunSnapshot next = RunFold.apply(snapshot, event);
        journal.append(event);
        snapshot = next;
        onAppended.accept(event);
    }

    void step(StepTransition.Builder step) throws IOException {
        append(RunEvent.newBuilder().setStep(step));
    }

    void move(RunState to, String reason) throws IOException {
        append(RunEvent.newBuilder()
                .setRun(RunTransition.newBuilder()
                        .setFrom(snapshot.state())
                        .setTo(to)
                        .setReason(Text.line(reason))));
    }

    static boolean tooLarge(StepTransition.Builder step) {
        // The envelope of an event adds less than 64 bytes.
        return step.build().getSerializedSize() > Journal.MAX_EVENT - 64;
    }
}
