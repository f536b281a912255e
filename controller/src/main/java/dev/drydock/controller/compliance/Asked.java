package dev.drydock.controller.compliance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which rows of a report.
 *
 * @param grace how long a security update may be pending; empty: {@link Compliance#DEFAULT_GRACE}
 * @param hosts only these, by id, in this order; empty: all, by urgency
 * @param from of all rows, from 0
 * @param size at most so many; 0: all that are left
 */
public record Asked(Optional<Duration> grace, Optional<List<String>> hosts, int from, int size) {
    public Asked {
        hosts = hosts.map(List::copyOf);
    }

    public static Asked all(Optional<Duration> grace) {
        return new Asked(grace, Optional.empty(), 0, 0);
    }

    /** Where the page ends, of so many rows. */
    int end(int rows) {
        return size == 0 ? rows : (int) Math.min((long) begin(rows) + size, rows);
    }

    int begin(int rows) {
        return Math.min(from, rows);
    }
}
