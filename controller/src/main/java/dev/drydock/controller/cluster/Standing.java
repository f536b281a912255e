package dev.drydock.controller.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How this controller stands among several, for whoever watches it. Told by the thread that leads or follows, read by any; reading may
 * take as long as the checks of a leader.
 */
public final class Standing {
    /** A turn of that thread takes a second, with a database that does not answer a few. */
    static final Duration STUCK = Duration.ofMinutes(1);
    /** For so long a follower believes what it heard last. */
    static final Duration DARK = Duration.ofSeconds(15);

    private final LongSupplier nanos;
    private volatile long turnedAt;
    private volatile Now now;

    /** What a leader says of itself. */
    public interface Leading {
        boolean alive();

        boolean ready();

        int agents();
    }

    /**
     * @param starting it has the lease and is not yet up, however long a new schema takes
     * @param leading null: it does not lead
     * @param term in which it leads, or whose leader it follows; 0: it knows of none
     * @param agents whose connections it hands on
     * @param listening whether somebody who comes is handed on
     * @param heardAt when the database answered last
     */
    private record Now(
            boolean starting, @Nullable Leading leading, long term, int agents, boolean listening, long heardAt) {}

    /** @param nanos a clock that never jumps */
    public Standing(LongSupplier nanos) {
        this.nanos = nanos;
        this.turnedAt = nanos.getAsLong();
        this.now = new Now(false, null, 0, 0, false, turnedAt);
    }

    /** Another turn of the thread begins. */
    public void turn() {
        turnedAt = nanos.getAsLong();
    }

    /** The database has answered. @param term of the leader; 0: there is none now */
    public void follows(long term, int agents, boolean listening) {
        turn();
        now = new Now(false, null, term, agents, listening, turnedAt);
    }

    /** The database has not answered: what it said last holds for a while. */
    public void unheard(int agents, boolean listening) {
        turn();
        Now before = now;
        now = new Now(false, null, before.term(), agents, listening, before.heardAt());
    }

    /** It has the lease, and begins to be a leader. */
    public void starts(long term) {
        turn();
        now = new Now(true, null, term, 0, false, turnedAt);
    }

    public void leads(long term, Leading leading) {
        turn();
        now = new Now(false, leading, term, 0, false, turnedAt);
    }

    /** Whether to leave it alone; else a restart is the best that can happen. */
    public boolean alive() {
        Now standing = now;
        if (standing.starting()) {
            return true;
        }
        boolean turns = nanos.getAsLong() - turnedAt < STUCK.toNanos();
        Leading leading = standing.leading();
        return turns && (leading == null || leading.alive());
    }

    /** Whether who comes here is served, by it or by whom it hands on to. */
    public boolean ready() {
        Now standing = now;
        Leading leading = standing.leading();
        if (leading != null) {
            return leading.ready();
        }
        return standing.listening() && standing.term() > 0 && unheardFor().compareTo(DARK) < 0;
    }

    public boolean leads() {
        return now.leading() != null;
    }

    public long term() {
        return now.term();
    }

    /** Agents that it serves, or whose connections it hands on. */
    public int agents() {
        Now standing = now;
        Leading leading = standing.leading();
        return leading == null ? standing.agents() : leading.agents();
    }

    /** For how long the database has not answered; a leader that it does not answer does not lead for long. */
    public Duration unheardFor() {
        Now standing = now;
        return standing.leading() != null ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - standing.heardAt());
    }
}
