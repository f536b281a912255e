package dev.drydock.controller.agents.session;

import com.google.protobuf.ByteString;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What of one run has come in: what is durable, and what was handed to the store and is not yet. Acknowledged is the former
 * alone; what comes again is left out; what leaves a gap is not taken.
 */
final class Delivery {
    private final String runId;
    private final boolean foreign;
    private boolean known;
    private long durable;
    private long submitted;
    private long outputDurable;
    private long outputSubmitted;

    private Delivery(String runId, boolean foreign, boolean known, long durable, long output) {
        this.runId = runId;
        this.foreign = foreign;
        this.known = known;
        this.durable = durable;
        this.submitted = durable;
        this.outputDurable = output;
        this.outputSubmitted = output;
    }

    static Delivery of(Run run, long output) {
        return new Delivery(run.id(), false, true, run.lastSequence(), output);
    }

    static Delivery unknown(String runId) {
        return new Delivery(runId, false, false, 0, 0);
    }

    /**
     * Another host's run, as a cloned disk may hold. Nothing of it is taken; it is acknowledged all the same, so that this host
     * lets go of it and its session can go on. The run's own host tells what becomes of it.
     */
    static Delivery foreign(String runId) {
        return new Delivery(runId, true, true, 0, 0);
    }

    /** @param adopt makes a run of the first event when that is not on record; empty: it cannot */
    List<SessionCommand> events(List<RunEvent> events, Function<RunEvent, Optional<Run>> adopt) {
        Optional<String> disorder = disorder(events);
        if (disorder.isPresent()) {
            return List.of(new SessionCommand.Reject(disorder.get()));
        }
        if (foreign) {
            return discarded(eventsDurable(events.getLast().getSequence()));
        }
        long first = events.getFirst().getSequence();
        if (first > submitted + 1) {
            return List.of(new SessionCommand.Resynchronize("Event " + first + " of run " + runId + " does not follow "
                    + submitted + "; connect again and send from what Welcome says is durable."));
        }
        List<RunEvent> fresh = events.subList((int) Math.min(submitted + 1 - first, events.size()), events.size());
        if (fresh.isEmpty()) {
            return events.getLast().getSequence() <= durable ? List.of(ack()) : List.of();
        }
        if (known) {
            submitted = fresh.getLast().getSequence();
            return List.of(new SessionCommand.Append(runId, List.copyOf(fresh)));
        }
        Optional<Run> run = adopt.apply(fresh.getFirst());
        if (run.isEmpty()) {
            return List.of(new SessionCommand.Reject("The first event of run " + runId
                    + ", which is not on record here, is no Accepted with the offer of that run."));
        }
        known = true;
        submitted = fresh.getLast().getSequence();
        return List.of(new SessionCommand.Adopt(run.get(), List.copyOf(fresh)));
    }

    private Optional<String> disorder(List<RunEvent> events) {
        if (events.isEmpty()) {
            return Optional.of("A batch of events of run " + runId + " is empty.");
        }
        long expected = Math.max(1, events.getFirst().getSequence());
        for (RunEvent event : events) {
            if (event.getSequence() != expected) {
                return Optional.of("A batch of events of run " + runId + " has event " + event.getSequence() + " where "
                        + expected + " was expected.");
            }
            expected++;
        }
        return Optional.empty();
    }

    List<SessionCommand> output(long offset, ByteString data) {
        if (offset < 0 || data.isEmpty()) {
            return List.of(new SessionCommand.Reject(
                    "A piece of output of run " + runId + " is empty or has the offset " + offset + "."));
        }
        if (foreign) {
            return discarded(outputDurable(offset + data.size()));
        }
        if (!known || offset > outputSubmitted) {
            return List.of(new SessionCommand.Resynchronize("Output of run " + runId + " from " + offset
                    + " on does not follow " + outputSubmitted
                    + "; connect again and send from what Welcome says is durable."));
        }
        long end = offset + data.size();
        if (end <= outputSubmitted) {
            return end <= outputDurable ? List.of(ack()) : List.of();
        }
        ByteString fresh = data.substring((int) (outputSubmitted - offset));
        long from = outputSubmitted;
        outputSubmitted = end;
        return List.of(new SessionCommand.WriteOutput(runId, from, fresh));
    }

    private List<SessionCommand> discarded(SessionCommand ack) {
        return List.of(
                new SessionCommand.Warn(
                        "the agent sent of run " + runId + ", which is another host's; it is not taken"),
                ack);
    }

    SessionCommand eventsDurable(long sequence) {
        durable = Math.max(durable, sequence);
        submitted = Math.max(submitted, durable);
        return ack();
    }

    SessionCommand outputDurable(long size) {
        outputDurable = Math.max(outputDurable, size);
        outputSubmitted = Math.max(outputSubmitted, outputDurable);
        return ack();
    }

    /** Whether the agent has the run in its journal, as far as the controller heard. */
    boolean journaled() {
        return submitted > 0;
    }

    /** Whether an answer to an offer of it can count. */
    boolean offered() {
        return known && !foreign && !journaled();
    }

    boolean idle() {
        return durable == submitted && outputDurable == outputSubmitted;
    }

    /** Empty: not on record, and wanted from the first event on. */
    Optional<Ack> position(OpenRun open) {
        if (foreign) {
            durable = Math.max(durable, open.getLastSequence());
            outputDurable = Math.max(outputDurable, open.getOutputSize());
        }
        return known ? Optional.of(position()) : Optional.empty();
    }

    private Ack position() {
        return Ack.newBuilder()
                .setRunId(runId)
                .setSequence(durable)
                .setOutputSize(outputDurable)
                .build();
    }

    private SessionCommand ack() {
        return new SessionCommand.Send(
                ControllerMessage.newBuilder().setAck(position()).build());
    }
}
