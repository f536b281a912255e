package dev.drydock.agent.session;

import com.google.protobuf.ByteString;
import dev.drydock.agent.run.Runs;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunEvents;
import dev.drydock.proto.agent.v1.RunOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the runs is sent next on one connection: events before output, older runs before newer ones, each from where the
 * controller has it, in order, nothing twice. It holds positions and no data. What was sent and not acknowledged is bounded;
 * beyond that it has nothing to send until an ack comes. For one thread.
 */
final class Outbox {
    static final int BATCH = 64 * 1024;
    static final int MAX_EVENTS_UNACKED = 1024 * 1024;
    static final int MAX_OUTPUT_UNACKED = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Runs runs;
    private final Map<String, Delivery> deliveries = new HashMap<>();

    Outbox(Runs runs) {
        this.runs = runs;
    }

    /** What the controller has of a run; before it is told, it is taken to have nothing. */
    void durable(Ack ack) {
        delivery(ack.getRunId()).acked(ack);
    }

    private Delivery delivery(String runId) {
        return deliveries.computeIfAbsent(runId, id -> new Delivery());
    }

    /** Reads from the journals. Empty: nothing to send now. */
    Optional<AgentMessage> next() {
        List<OpenRun> open = runs.undelivered();
        deliveries.keySet().retainAll(open.stream().map(OpenRun::getRunId).toList());
        if (unackedEvents() < MAX_EVENTS_UNACKED) {
            for (OpenRun run : open) {
                Optional<AgentMessage> events = events(run);
                if (events.isPresent()) {
                    return events;
                }
            }
        }
        long room = MAX_OUTPUT_UNACKED - unackedOutput();
        for (OpenRun run : open) {
            Optional<AgentMessage> output = output(run, room);
            if (output.isPresent()) {
                return output;
            }
        }
        return Optional.empty();
    }

    private long unackedEvents() {
        return deliveries.values().stream().mapToLong(Delivery::unackedEvents).sum();
    }

    private long unackedOutput() {
        return deliveries.values().stream().mapToLong(Delivery::unackedOutput).sum();
    }

    private Optional<AgentMessage> events(OpenRun run) {
        Delivery delivery = delivery(run.getRunId());
        if (delivery.unreadable() || run.getLastSequence() <= delivery.sequence()) {
            return Optional.empty();
        }
        List<RunEvent> events;
        try {
            events = runs.events(run.getRunId(), delivery.sequence(), BATCH);
        } catch (IOException e) {
            delivery.setUnreadable();
            LOG.error(
                    "the journal of run {} cannot be read; what it holds is not sent: {}",
                    run.getRunId(),
                    e.toString());
            return Optional.empty();
        }
        if (events.isEmpty()) {
            return Optional.empty();
        }
        RunEvents batch = RunEvents.newBuilder()
                .setRunId(run.getRunId())
                .addAllEvents(events)
                .build();
        delivery.sent(events.getLast().getSequence(), batch.getSerializedSize());
        return Optional.of(AgentMessage.newBuilder().setRunEvents(batch).build());
    }

    /** Never before the run's first event: output of a run that the controller does not know says nothing to it. */
    private Optional<AgentMessage> output(OpenRun run, long room) {
        Delivery delivery = delivery(run.getRunId());
        if (room <= 0
                || delivery.unreadable()
                || delivery.sequence() == 0
                || run.getOutputSize() <= delivery.output()) {
            return Optional.empty();
        }
        byte[] data;
        try {
            data = runs.output(run.getRunId(), delivery.output(), (int) Math.min(BATCH, room));
        } catch (IOException e) {
            delivery.setUnreadable();
            LOG.error("the output of run {} cannot be read; it is not sent: {}", run.getRunId(), e.toString());
            return Optional.empty();
        }
        if (data.length == 0) {
            return Optional.empty();
        }
        RunOutput output = RunOutput.newBuilder()
                .setRunId(run.getRunId())
                .setOffset(delivery.output())
                .setData(ByteString.copyFrom(data))
                .build();
        delivery.sentOutput(data.length);
        return Optional.of(AgentMessage.newBuilder().setRunOutput(output).build());
    }
}
