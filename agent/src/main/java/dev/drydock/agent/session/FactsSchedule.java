package dev.drydock.agent.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When facts are looked at, and when lists are refreshed for it. All times are monotonic. For one thread at a time. */
final class FactsSchedule {
    private final Duration lookEvery;
    private final Duration refreshEvery;
    private final RandomGenerator random;
    private Duration nextLook;
    private Duration nextRefresh;
    private boolean asked;
    private boolean refreshAsked;

    /** The first look is at once, the first refresh at a random time within {@code refreshEvery}. */
    FactsSchedule(Duration lookEvery, Duration refreshEvery, RandomGenerator random, Duration now) {
        this.lookEvery = lookEvery;
        this.refreshEvery = refreshEvery;
        this.random = random;
        this.nextLook = now;
        this.nextRefresh = now.plus(part(refreshEvery));
    }

    void ask(boolean refreshLists) {
        asked = true;
        refreshAsked |= refreshLists;
    }

    /** Zero or less: now. */
    Duration untilNext(Duration now) {
        return asked ? Duration.ZERO : nextLook.minus(now);
    }

    /**
     * A look begins.
     *
     * @param busy no refresh now; one that is due stays due
     * @return whether to refresh the lists first
     */
    boolean take(Duration now, boolean busy) {
        boolean refresh = !busy && (refreshAsked || now.compareTo(nextRefresh) >= 0);
        asked = false;
        nextLook = now.plus(lookEvery);
        if (refresh) {
            refreshAsked = false;
            nextRefresh = now.plus(refreshEvery.dividedBy(2)).plus(part(refreshEvery));
        }
        return refresh;
    }

    private Duration part(Duration of) {
        return Duration.ofMillis((long) (of.toMillis() * random.nextDouble()));
    }
}
