package dev.drydock.agent.session;

import dev.drydock.proto.agent.v1.Ack;
import java.util.ArrayDeque;
import java.util.Deque;

/** How far one run was sent and acknowledged on one connection. For one thread. */
final class Delivery {
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    private long sequence;
    private long output;
    private long ackedOutput;
    private long unackedEvents;
    private boolean unreadable;

    private record Batch(long last, int bytes) {}

    /** Last event sent, or durable at the controller before. */
    long sequence() {
        return sequence;
    }

    /** Bytes of output sent, or durable at the controller before. */
    long output() {
        return output;
    }

    long unackedEvents() {
        return unackedEvents;
    }

    long unackedOutput() {
        return output - ackedOutput;
    }

    void sent(long last, int bytes) {
        sequence = last;
        inFlight.add(new Batch(last, bytes));
        unackedEvents += bytes;
    }

    void sentOutput(int bytes) {
        output += bytes;
    }

    void acked(Ack ack) {
        sequence = Math.max(sequence, ack.getSequence());
        ackedOutput = Math.max(ackedOutput, ack.getOutputSize());
        output = Math.max(output, ackedOutput);
        while (!inFlight.isEmpty() && inFlight.peek().last() <= ack.getSequence()) {
            unackedEvents -= inFlight.remove().bytes();
        }
    }

    /** Tried again on the next connection, so that a failing disk is complained of once and not all the time. */
    void setUnreadable() {
        unreadable = true;
    }

    boolean unreadable() {
        return unreadable;
    }
}
