package dev.drydock.controller.compliance.fleet;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trend at hand: it is read once a day, and changes once a day. Thread-safe. */
final class KnownTrend {
    private final TrendStore store;
    private @Nullable LocalDate from;
    private List<TrendPoint> points = List.of();

    KnownTrend(TrendStore store) {
        this.store = store;
    }

    boolean has(LocalDate day) {
        return store.has(day);
    }

    synchronized void put(LocalDate day, List<Group> groups) {
        store.put(day, groups);
        from = null;
    }

    synchronized List<TrendPoint> since(LocalDate day) {
        if (!day.equals(from)) {
            points = store.since(day);
            from = day;
        }
        return points;
    }
}
