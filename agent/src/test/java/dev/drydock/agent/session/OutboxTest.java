package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.testing.FakeRuns;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final FakeRuns runs = new FakeRuns();
    private final Outbox outbox = new Outbox(runs);

    private static Ack ack(String run, long sequence, long output) {
        return Ack.newBuilder()
                .setRunId(run)
                .setSequence(sequence)
                .setOutputSize(output)
                .build();
    }

    private static List<AgentMessage> drain(Outbox outbox) {
        List<AgentMessage> sent = new ArrayList<>();
        for (Optional<AgentMessage> next = outbox.next(); next.isPresent(); next = outbox.next()) {
            sent.add(next.get());
        }
        return sent;
    }

    private static List<Long> sequences(List<AgentMessage> sent) {
        return sent.stream()
                .flatMap(message -> message.getRunEvents().getEventsList().stream())
                .map(RunEvent::getSequence)
                .toList();
    }

    @Test
    void sendsEventsInOrderBeforeOutputAndNothingTwice() {
        runs.append("a", 3);
        runs.write("a", "hello".getBytes(StandardCharsets.UTF_8));
        List<AgentMessage> sent = drain(outbox);
        assertThat(sequences(sent)).containsExactly(1L, 2L, 3L);
        assertThat(sent.getLast().getRunOutput().getData().toStringUtf8()).isEqualTo("hello");
        assertThat(drain(outbox)).isEmpty();

        runs.append("a", 1);
        runs.write("a", " world".getBytes(StandardCharsets.UTF_8));
        sent = drain(outbox);
        assertThat(sequences(sent)).containsExactly(4L);
        assertThat(sent.getLast().getRunOutput().getOffset()).isEqualTo(5);
    }

    @Test
    void beginsWhereTheControllerHasIt() {
        runs.append("a", 5);
        runs.write("a", "hello".getBytes(StandardCharsets.UTF_8));
        outbox.durable(ack("a", 3, 4));
        List<AgentMessage> sent = drain(outbox);
        assertThat(sequences(sent)).containsExactly(4L, 5L);
        assertThat(sent.getLast().getRunOutput().getData().toStringUtf8()).isEqualTo("o");
    }

    @Test
    void sendsNoOutputOfARunWhoseFirstEventIsNotThere() {
        runs.write("a", "hello".getBytes(StandardCharsets.UTF_8));
        assertThat(drain(outbox)).isEmpty();
        runs.append("a", 1);
        assertThat(drain(outbox)).hasSize(2);
    }

    @Test
    void stopsWhenMuchIsNotAcknowledgedAndGoesOnWithAnAck() {
        runs.appendLarge("a", 300, 10_000);
        List<AgentMessage> sent = drain(outbox);
        long bytes = sent.stream().mapToLong(AgentMessage::getSerializedSize).sum();
        assertThat(bytes)
                .isBetween((long) Outbox.MAX_EVENTS_UNACKED, (long) Outbox.MAX_EVENTS_UNACKED + 2 * Outbox.BATCH);
        long last = sequences(sent).getLast();
        assertThat(last).isLessThan(300);

        outbox.durable(ack("a", last, 0));
        assertThat(sequences(drain(outbox))).startsWith(last + 1);
    }

    @Test
    void outputWaitsForAcksToo() {
        runs.append("a", 1);
        runs.write("a", new byte[2 * Outbox.MAX_OUTPUT_UNACKED]);
        assertThat(drain(outbox).stream()
                        .mapToLong(message -> message.getRunOutput().getData().size())
                        .sum())
                .isEqualTo(Outbox.MAX_OUTPUT_UNACKED);
        outbox.durable(ack("a", 1, 1000));
        assertThat(drain(outbox).stream()
                        .mapToLong(message -> message.getRunOutput().getData().size())
                        .sum())
                .isEqualTo(1000);
    }

    @Test
    void aBusyRunDoesNotKeepTheEventsOfOthers() {
        runs.append("a", 1);
        runs.write("a", new byte[2 * Outbox.MAX_OUTPUT_UNACKED]);
        runs.append("b", 1);
        List<AgentMessage> sent = drain(outbox);
        assertThat(sent.get(1).getRunEvents().getRunId()).isEqualTo("b");
    }

    /** Whatever is cut off where: all events and all output arrive, in order, once, when the receiver drops what it has. */
    @Property(tries = 300)
    void whatIsNotDurableComesAgainOnTheNextConnection(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 6) Integer> messagesBeforeTheCut,
            @ForAll @IntRange(min = 1, max = 40) int events,
            @ForAll @IntRange(min = 0, max = 200_000) int output) {
        FakeRuns some = new FakeRuns();
        some.appendLarge("a", events, 9_000);
        byte[] text = new byte[output];
        for (int i = 0; i < output; i++) {
            text[i] = (byte) i;
        }
        some.write("a", text);

        List<Long> stored = new ArrayList<>();
        ByteArrayOutputStream storedOutput = new ByteArrayOutputStream();
        List<Integer> connections = new ArrayList<>(messagesBeforeTheCut);
        connections.add(Integer.MAX_VALUE);
        for (int most : connections) {
            Outbox connection = new Outbox(some);
            connection.durable(ack("a", stored.size(), storedOutput.size()));
            int sent = 0;
            for (Optional<AgentMessage> next = connection.next();
                    next.isPresent() && sent < most;
                    next = connection.next(), sent++) {
                for (RunEvent event : next.get().getRunEvents().getEventsList()) {
                    assertThat(event.getSequence()).isEqualTo(stored.size() + 1);
                    stored.add(event.getSequence());
                }
                if (next.get().hasRunOutput()) {
                    assertThat(next.get().getRunOutput().getOffset()).isEqualTo(storedOutput.size());
                    storedOutput.writeBytes(next.get().getRunOutput().getData().toByteArray());
                }
            }
        }
        assertThat(stored).hasSize(events);
        assertThat(storedOutput.toByteArray()).isEqualTo(text);
    }
}
