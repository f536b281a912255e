package dev.drydock.controller.agents.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * One agent with two runs, a stream that breaks, and a store that is slow, fails, and is put back from older backups. Only the
 * session's core is real.
 */
final class DeliverySimulation {
    private static final String HOST = "h-1";
    private static final int EVENTS = 25;
    private static final int OUTPUT = 200;

    private final Random random;
    private final Map<String, AgentRun> runs = new HashMap<>();
    private final Map<String, StoredRun> store = new HashMap<>();
    private final Deque<Write> pending = new ArrayDeque<>();
    private SessionCore core = new SessionCore(HOST, Duration.ofMinutes(1));
    private int stream;

    DeliverySimulation(long seed) {
        random = new Random(seed);
        for (String id : List.of("r-1", "r-2")) {
            runs.put(id, new AgentRun(id));
            // The second is known to the host alone.
            if (id.equals("r-1")) {
                store.put(id, new StoredRun());
            }
        }
        connect();
    }

    void step() {
        AgentRun run = run(random.nextBoolean() ? "r-1" : "r-2");
        switch (random.nextInt(14)) {
            case 0, 1, 2, 3 -> sendEvents(run, 1 + random.nextInt(4));
            case 4, 5, 6 -> sendOutput(run, 1 + random.nextInt(40));
            case 7 -> run.startOver(random);
            case 8 -> run.skip(random);
            case 9, 10, 11 -> complete();
            case 12 -> {
                if (random.nextInt(3) == 0) {
                    fail();
                } else {
                    complete();
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    restore();
                }
                connect();
            }
        }
    }

    /** From here on nothing goes wrong: all has to arrive. */
    void finish() {
        connect();
        for (AgentRun run : runs.values()) {
            for (int turn = 0; !run.delivered(); turn++) {
                assertThat(turn).as("turns to deliver run " + run.id).isLessThan(1_000);
                sendEvents(run, 7);
                sendOutput(run, 60);
                complete();
            }
        }
        while (!pending.isEmpty()) {
            complete();
        }
        runs.values().forEach(run -> {
            StoredRun stored = Objects.requireNonNull(store.get(run.id));
            assertThat(stored.events).isEqualTo(run.journal);
            assertThat(stored.output).isEqualTo(run.output);
        });
    }

    private AgentRun run(String id) {
        return Objects.requireNonNull(runs.get(id));
    }

    private void connect() {
        stream++;
        core = new SessionCore(HOST, Duration.ofMinutes(1));
        for (AgentRun run : runs.values()) {
            StoredRun stored = store.get(run.id);
            core.track(
                    run.id,
                    Optional.ofNullable(stored).map(there -> there.row(run.id)),
                    stored == null ? 0 : stored.output.size());
            Ack durable = core.position(OpenRun.newBuilder()
                            .setRunId(run.id)
                            .setLastSequence(EVENTS)
                            .setOutputSize(OUTPUT)
                            .build())
                    .orElse(Ack.getDefaultInstance());
            run.welcomed(durable);
        }
    }

    private void sendEvents(AgentRun run, int count) {
        List<RunEvent> batch = run.nextEvents(count);
        if (!batch.isEmpty()) {
            perform(core.events(run.id, batch));
        }
    }

    private void sendOutput(AgentRun run, int count) {
        // An agent sends output only of what it has sent the Accepted of.
        if (run.sentEvents > 0) {
            int from = run.sentOutput;
            ByteString data = run.nextOutput(count);
            if (!data.isEmpty()) {
                perform(core.output(run.id, from, data));
            }
        }
    }

    private void perform(List<SessionCommand> commands) {
        for (SessionCommand command : commands) {
            switch (command) {
                case SessionCommand.Send send -> acknowledged(send.message().getAck());
                case SessionCommand.Append append ->
                    pending.add(new Write(stream, append.runId(), append.events(), 0, ByteString.EMPTY, false));
                case SessionCommand.Adopt adopt -> {
                    assertThat(adopt.run().hostId()).isEqualTo(HOST);
                    pending.add(new Write(stream, adopt.run().id(), adopt.events(), 0, ByteString.EMPTY, true));
                }
                case SessionCommand.WriteOutput write ->
                    pending.add(new Write(stream, write.runId(), List.of(), write.offset(), write.data(), false));
                case SessionCommand.Resynchronize resynchronize -> connect();
                case SessionCommand.Conclude conclude -> throw new AssertionError(conclude);
                case SessionCommand.Reject reject -> throw new AssertionError(reject);
                case SessionCommand.Warn warn -> throw new AssertionError(warn);
            }
        }
    }

    private void acknowledged(Ack ack) {
        StoredRun stored =
                Objects.requireNonNull(store.get(ack.getRunId()), () -> "acknowledged and not on record: " + ack);
        assertThat(ack.getSequence()).isLessThanOrEqualTo(stored.events.size());
        assertThat(ack.getOutputSize()).isLessThanOrEqualTo(stored.output.size());
        run(ack.getRunId()).acknowledged(ack);
    }

    private void complete() {
        Write write = pending.poll();
        if (write == null) {
            return;
        }
        if (write.adopt) {
            store.putIfAbsent(write.runId, new StoredRun());
        }
        StoredRun stored = store.get(write.runId);
        if (stored == null || !stored.take(write)) {
            // As the real store would: a gap or an unknown run fails the write and ends the stream.
            if (write.stream == stream) {
                connect();
            }
        } else if (write.stream == stream) {
            perform(
                    write.data.isEmpty()
                            ? core.eventsDurable(write.runId, stored.events.size())
                            : core.outputDurable(write.runId, write.offset + write.data.size()));
        }
    }

    /** The disk is full: the group fails as a whole. */
    private void fail() {
        boolean ours = pending.stream().anyMatch(write -> write.stream == stream);
        pending.clear();
        if (ours) {
            connect();
        }
    }

    /** The controller died, and came back with an older database. */
    private void restore() {
        pending.clear();
        for (String id : List.copyOf(store.keySet())) {
            StoredRun stored = Objects.requireNonNull(store.get(id));
            if (random.nextInt(4) == 0) {
                store.remove(id);
            } else {
                stored.events = new ArrayList<>(stored.events.subList(0, random.nextInt(stored.events.size() + 1)));
                stored.output = stored.output.substring(0, random.nextInt(stored.output.size() + 1));
            }
        }
    }

    private record Write(
            int stream, String runId, List<RunEvent> events, long offset, ByteString data, boolean adopt) {}

    private static final class StoredRun {
        private List<RunEvent> events = new ArrayList<>();
        private ByteString output = ByteString.EMPTY;

        Run row(String id) {
            Run run = Runs.offered(id, HOST);
            for (RunEvent event : events) {
                run = RunProjection.apply(run, event);
            }
            return run;
        }

        boolean take(Write write) {
            for (RunEvent event : write.events) {
                if (event.getSequence() > events.size() + 1) {
                    return false;
                }
                if (event.getSequence() == events.size() + 1) {
                    events.add(event);
                }
            }
            if (write.offset > output.size()) {
                return false;
            }
            int overlap = (int) Math.min(output.size() - write.offset, write.data.size());
            output = output.concat(write.data.substring(overlap));
            return true;
        }
    }

    private static final class AgentRun {
        private final String id;
        private final List<RunEvent> journal = new ArrayList<>();
        private final ByteString output;
        private int sentEvents;
        private int sentOutput;
        private int durableEvents;
        private int durableOutput;

        private AgentRun(String id) {
            this.id = id;
            journal.add(RunEvent.newBuilder()
                    .setSequence(1)
                    .setAccepted(
                            Accepted.newBuilder().setOffer(Offer.newBuilder().setRunId(id)))
                    .build());
            for (int sequence = 2; sequence <= EVENTS; sequence++) {
                journal.add(Runs.step(sequence, sequence, "step", StepState.APPLYING));
            }
            byte[] bytes = new byte[OUTPUT];
            new Random(id.hashCode()).nextBytes(bytes);
            output = ByteString.copyFrom(bytes);
        }

        void welcomed(Ack durable) {
            durableEvents = (int) durable.getSequence();
            durableOutput = (int) durable.getOutputSize();
            sentEvents = durableEvents;
            sentOutput = durableOutput;
        }

        void acknowledged(Ack ack) {
            durableEvents = Math.max(durableEvents, (int) ack.getSequence());
            durableOutput = Math.max(durableOutput, (int) ack.getOutputSize());
        }

        /** Sends again what it sent before. */
        void startOver(Random random) {
            sentEvents = random.nextInt(sentEvents + 1);
            sentOutput = random.nextInt(sentOutput + 1);
        }

        /** A gap, as no good agent would make. */
        void skip(Random random) {
            sentEvents = Math.min(EVENTS - 1, sentEvents + random.nextInt(3));
            sentOutput = Math.min(OUTPUT - 1, sentOutput + random.nextInt(20));
        }

        List<RunEvent> nextEvents(int count) {
            List<RunEvent> next = List.copyOf(journal.subList(sentEvents, Math.min(EVENTS, sentEvents + count)));
            sentEvents += next.size();
            return next;
        }

        ByteString nextOutput(int count) {
            ByteString next = output.substring(sentOutput, Math.min(OUTPUT, sentOutput + count));
            sentOutput += next.size();
            return next;
        }

        boolean delivered() {
            return durableEvents == EVENTS && durableOutput == OUTPUT;
        }
    }
}
