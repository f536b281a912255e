package dev.drydock.controller.compliance.rule;

import java.time.Instant;

/** Until when a judgement stands by time alone: each comparison with the clock that is still to turn out otherwise is noted. Of one thread. */
final class Horizon {
    private final Instant now;
    private Instant until = Instant.MAX;

    Horizon(Instant now) {
        this.now = now;
    }

    /** Something was asked whose answer is another one after this instant. */
    void note(Instant turns) {
        if (!turns.isBefore(now) && turns.isBefore(until)) {
            until = turns;
        }
    }

    /** Nobody can tell when the answer changes. */
    void unknown() {
        until = now;
    }

    /** The last instant at which it stands. */
    Instant until() {
        return until;
    }
}
