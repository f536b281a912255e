package dev.drydock.controller.incident;

import dev.drydock.controller.contract.MaintenanceType;
import java.util.Comparator;

/** What a contract tells apart. */
public record Bucket(MaintenanceType type, boolean inScope, boolean included) implements Comparable<Bucket> {
    private static final Comparator<Bucket> ORDER = Comparator.comparing(Bucket::type)
            .thenComparing(bucket -> !bucket.inScope())
            .thenComparing(bucket -> !bucket.included());

    @Override
    public int compareTo(Bucket other) {
        return ORDER.compare(this, other);
    }
}
