package dev.drydock.controller.compliance.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param detail for people; empty where all is well
 * @param due when it has to be done, or had to
 * @param over for how long it has been broken; empty: it is not, or nobody knows since when
 */
record Outcome(RuleState state, String detail, Optional<Instant> due, Optional<Duration> over) {
    static final Outcome COMPLIES = new Outcome(RuleState.COMPLIES, "", Optional.empty(), Optional.empty());

    static Outcome unknown(String why) {
        return new Outcome(RuleState.UNKNOWN, why, Optional.empty(), Optional.empty());
    }

    static Outcome late(String why) {
        return new Outcome(RuleState.LATE, why, Optional.empty(), Optional.empty());
    }

    /** Broken from {@code due} on. */
    static Outcome by(Instant due, Instant now, String what) {
        return now.isAfter(due)
                ? new Outcome(RuleState.LATE, what, Optional.of(due), Optional.of(Duration.between(due, now)))
                : new Outcome(RuleState.DUE, what, Optional.of(due), Optional.empty());
    }

    /** The worst, of several equally bad ones that which is or was due first; with how many others there are. */
    static Outcome worst(List<Outcome> all) {
        Outcome worst = COMPLIES;
        int broken = 0;
        for (Outcome one : all) {
            broken += one.state() == RuleState.COMPLIES ? 0 : 1;
            if (one.worseThan(worst)) {
                worst = one;
            }
        }
        return broken < 2
                ? worst
                : new Outcome(worst.state, worst.detail + " and " + (broken - 1) + " more", worst.due, worst.over);
    }

    private boolean worseThan(Outcome other) {
        int order = state.compareTo(other.state);
        return order > 0
                || order == 0
                        && due.isPresent()
                        && other.due
                                .filter(theirs -> !due.get().isBefore(theirs))
                                .isEmpty();
    }
}
