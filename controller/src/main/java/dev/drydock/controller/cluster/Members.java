package dev.drydock.controller.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Which controllers there are, by name; without those that were not seen for a day. */
@FunctionalInterface
public interface Members {
    List<MemberStatus> all();

    /** The only one on its database: it leads since it started, and needs no lease for that. */
    static Members alone(String name, String version, InstantSource clock, IntSupplier connections) {
        Instant started = clock.instant();
        return () -> List.of(new MemberStatus(
                name,
                version,
                started,
                clock.instant(),
                true,
                Optional.empty(),
                Optional.of(started),
                connections.getAsInt()));
    }
}
