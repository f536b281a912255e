package dev.drydock.controller.security.login;

import dev.drydock.controller.security.login.FailureStore.Failures;
import dev.drydock.controller.security.login.FailureStore.Kind;
import dev.drydock.controller.security.login.FailureStore.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often each of a kind failed, the last ten thousand of them. What is pushed out is to be removed from the store. Not thread-safe. */
final class FailureCounts {
    static final int FREE = 5;
    static final int MOST = 10_000;
    static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Kind kind;
    private final Map<String, Count> counts;

    /** @param gone is given what was pushed out and is in the store */
    FailureCounts(Kind kind, List<Subject> gone) {
        this.kind = kind;
        this.counts = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                boolean full = size() > MOST;
                if (full && eldest.getValue().stored() > 0) {
                    gone.add(new Subject(kind, eldest.getKey()));
                }
                return full;
            }
        };
    }

    /** @param stored how many the store may have: what was never written needs not be removed */
    private record Count(int failures, Instant last, int stored) {
        Instant until() {
            return last.plus(pause(failures));
        }

        Count more(Instant now) {
            return new Count(last.plus(FORGOTTEN).isBefore(now) ? 1 : failures + 1, now, stored);
        }

        Count less() {
            return new Count(failures - 1, last, stored);
        }
    }

    private static Duration pause(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - FREE, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    /** As the store has it. A clock that was ahead then keeps nobody out for longer than the longest pause. */
    void restore(Failures kept, Instant now) {
        Instant last = kept.last().isAfter(now) ? now : kept.last();
        counts.put(kept.subject().name(), new Count(kept.count(), last, kept.count()));
    }

    Optional<Instant> until(String of) {
        return Optional.ofNullable(counts.get(of)).map(Count::until);
    }

    void add(String of, Instant now) {
        counts.compute(of, (any, before) -> before == null ? new Count(1, now, 0) : before.more(now));
    }

    /** Puts what there is of it down for the store. */
    void keep(String of, List<Failures> kept) {
        counts.computeIfPresent(of, (any, count) -> {
            kept.add(new Failures(new Subject(kind, of), count.failures(), count.last()));
            return new Count(count.failures(), count.last(), Math.max(count.failures(), count.stored()));
        });
    }

    /** One less; puts it down for the store where that has any. */
    void takeBack(String of, List<Failures> kept, List<Subject> gone) {
        Count count = counts.get(of);
        if (count == null) {
            return;
        }
        if (count.failures() <= 1) {
            remove(of, gone);
            return;
        }
        counts.put(of, count.less());
        if (count.stored() > 0) {
            keep(of, kept);
        }
    }

    void remove(String of, List<Subject> gone) {
        Count count = counts.remove(of);
        if (count != null && count.stored() > 0) {
            gone.add(new Subject(kind, of));
        }
    }
}
