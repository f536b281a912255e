package dev.drydock.controller.idempotency;

import java.time.Instant;
import java.util.Optional;

/** Keeps for each user the keys of calls that changed something, for a day. */
public interface IdempotencyKeys {
    /**
     * Takes a key for a call that is about to be served; durable when it returns.
     *
     * @return who has taken it before; empty: it is this call's now
     */
    Optional<Earlier> take(Attempt attempt, Instant now);

    /** The call was done; durable when it returns. */
    void done(Attempt attempt, Outcome outcome);

    /** Nothing was done: the key is free again. */
    void release(Attempt attempt);

    /** @param digest of the request, hexadecimal */
    record Attempt(String user, String key, String method, String digest) {}

    /**
     * @param made what the call made, for people; empty: nothing that has a name
     * @param answer empty: it is not kept
     */
    record Outcome(String made, Optional<byte[]> answer) {}

    /** @param outcome empty: it has not ended, or nobody knows how */
    record Earlier(String method, String digest, Instant at, Optional<Outcome> outcome) {}
}
