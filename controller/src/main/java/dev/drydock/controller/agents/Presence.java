package dev.drydock.controller.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When hosts were last heard. Kept in memory and written now and then, many in one write, since a host says that it is there
 * twice a minute. What was not written yet when the controller dies is told again by the hosts. Safe for use by several threads.
 */
final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);
    private static final int A_WRITE = 1_000;

    private final HostStore hosts;
    private final Map<String, Sighting> unwritten = new ConcurrentHashMap<>();

    Presence(HostStore hosts) {
        this.hosts = hosts;
    }

    void heard(String hostId, Instant at) {
        unwritten.merge(hostId, new Sighting(at, Optional.empty()), Presence::later);
    }

    /** @param skew the agent's clock less ours */
    void heard(String hostId, Instant at, Duration skew) {
        unwritten.merge(hostId, new Sighting(at, Optional.of(skew)), Presence::later);
    }

    private static Sighting later(Sighting before, Sighting now) {
        Instant at = now.at().isAfter(before.at()) ? now.at() : before.at();
        return new Sighting(at, now.clockSkew().or(before::clockSkew));
    }

    /** What is later than the host's record. */
    Optional<Sighting> since(String hostId) {
        return Optional.ofNullable(unwritten.get(hostId));
    }

    /** Queues what is not on record yet; what cannot be written stays for the next time. */
    void write() {
        List<Map.Entry<String, Sighting>> all = new ArrayList<>(unwritten.entrySet());
        for (int from = 0; from < all.size(); from += A_WRITE) {
            Map<String, Sighting> some = new HashMap<>();
            all.subList(from, Math.min(from + A_WRITE, all.size()))
                    .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
            hosts.seen(some).whenComplete((done, failure) -> {
                if (failure == null) {
                    some.forEach(unwritten::remove);
                } else {
                    log.warn(
                            "when {} hosts were last seen is not on record yet: {}", some.size(), failure.getMessage());
                }
            });
        }
    }
}
