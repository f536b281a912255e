package dev.drydock.controller.security.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Counts failures that are alike (kind, address, user; of IPv6 the network) for a span of time from the first one on. Only so many are told apart at a
 * time; those of others are counted together. Thread-safe.
 */
final class RepeatedFailures {
    private static final int IPV6_GROUPS = 8;

    private final InstantSource clock;
    private final Duration span;
    private final int most;
    /** In the order of their first ones, and so of their ends. */
    private final Map<Alike, Count> counts = new LinkedHashMap<>();

    RepeatedFailures(InstantSource clock, Duration span, int most) {
        this.clock = clock;
        this.span = span;
        this.most = most;
    }

    /** A whole /64 of IPv6 is one: it is the least that anybody has (RFC 6177). */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length == IPV6_GROUPS
                ? String.join(":", List.of(groups).subList(0, IPV6_GROUPS / 2)) + "::/64"
                : address;
    }

    /** What is to be put on record at once: this one, where it is the first of its like. */
    synchronized Optional<AuditEvent> failed(AuditEvent event) {
        Alike alike = new Alike(event.kind(), network(event.address()), event.user());
        boolean known = counts.containsKey(alike);
        if (!known && counts.size() >= most) {
            alike = Alike.OTHERS;
        }
        Count count = counts.computeIfAbsent(alike, first -> new Count(clock.instant()));
        if (!known && alike != Alike.OTHERS) {
            return Optional.of(event);
        }
        count.more++;
        count.last = clock.instant();
        return Optional.empty();
    }

    /** Those whose time is over; they are forgotten here. */
    synchronized List<AuditEvent> due() {
        Instant now = clock.instant();
        return take(count -> !count.since.plus(span).isAfter(now));
    }

    /** All that there are. */
    synchronized List<AuditEvent> all() {
        return take(count -> true);
    }

    private List<AuditEvent> take(Predicate<Count> over) {
        List<AuditEvent> taken = new ArrayList<>();
        for (Iterator<Map.Entry<Alike, Count>> each = counts.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Alike, Count> one = each.next();
            if (over.test(one.getValue())) {
                each.remove();
                if (one.getValue().more > 0) {
                    taken.add(event(one.getKey(), one.getValue()));
                }
            }
        }
        return taken;
    }

    private static AuditEvent event(Alike alike, Count count) {
        AuditEvent event = AuditEvent.of(alike.kind)
                .by(alike.user)
                .from(alike.address)
                .with("more", Long.toString(count.more))
                .with("since", count.since.toString())
                .with("until", count.last.toString());
        return alike == Alike.OTHERS ? event.with("of", "addresses and users that were not told apart") : event;
    }

    private record Alike(String kind, String address, String user) {
        private static final Alike OTHERS = new Alike(AuditEvent.REFUSED, "", "");
    }

    private static final class Count {
        private final Instant since;
        private Instant last;
        private long more;

        Count(Instant since) {
            this.since = since;
            this.last = since;
        }
    }
}
