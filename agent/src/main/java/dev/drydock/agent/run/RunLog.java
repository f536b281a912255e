package dev.drydock.agent.run;

import dev.drydock.agent.journal.EventLog;
import dev.drydock.agent.journal.Journal;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.StepTransition;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The one writer of a run's state: an event is checked against the state machine, made durable, and only then does the run
 * stand where it leads. Used by the run's thread alone.
 */
final class RunLog {
    /** The most bytes of a step's event or a result; the rest of an event has less than 64. */
    static final int MAX_ENTRY = Journal.MAX_EVENT - 64;

    private final EventLog journal;
    private final RunClock clock;
    private final Consumer<RunSnapshot> onAppended;
    private RunSnapshot snapshot;
    private boolean broken;

    RunLog(RunSnapshot snapshot, EventLog journal, RunClock clock, Consumer<RunSnapshot> onAppended) {
        this.snapshot = snapshot;
        this.journal = journal;
        this.clock = clock;
        this.onAppended = onAppended;
    }

    RunSnapshot snapshot() {
        return snapshot;
    }

    /** @throws JournalWriteException it is not known whether the event is durable: the run must stop and be resumed */
    void append(RunEvent.Builder builder) throws JournalWriteException {
        append(builder, clock.now());
    }

    private void append(RunEvent.Builder builder, Instant at) throws JournalWriteException {
        RunEvent event = builder.setSequence(snapshot.sequence() + 1)
                .setAt(Instants.of(at))
                .build();
        RunSnapshot next = RunFold.apply(snapshot, event);
        if (broken) {
            throw new JournalWriteException("an earlier event could not be written", null);
        }
        try {
            journal.append(event);
        } catch (IOException e) {
            broken = true;
            throw new JournalWriteException("event " + event.getSequence() + " could not be written", e);
        }
        snapshot = next;
        onAppended.accept(snapshot);
    }

    /** The first event has the host's own time, uncorrected, so that it shows how far the clocks differ. */
    void accept(Accepted accepted, Instant wall) throws JournalWriteException {
        append(RunEvent.newBuilder().setAccepted(accepted), wall);
    }

    /** Ends the run without anything that it could have changed or put back. */
    void end(RunTrigger trigger, String reason) throws JournalWriteException {
        RunState outcome = RunMachine.target(snapshot.state(), trigger);
        append(RunEvent.newBuilder()
                .setResult(RunResult.newBuilder().setOutcome(outcome).setReason(Text.line(reason))));
    }

    void step(StepTransition.Builder step) throws JournalWriteException {
        append(RunEvent.newBuilder().setStep(step));
    }

    void move(RunState to, String reason) throws JournalWriteException {
        append(RunEvent.newBuilder()
                .setRun(RunTransition.newBuilder()
                        .setFrom(snapshot.state())
                        .setTo(to)
                        .setReason(Text.line(reason))));
    }

    static boolean tooLarge(StepTransition.Builder step) {
        return step.build().getSerializedSize() > MAX_ENTRY;
    }
}
