package dev.drydock.controller.agents;

import dev.drydock.controller.security.IssuedCertificate;
import dev.drydock.controller.security.TokenText;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hosts at hand, so that asking for the whole fleet reads no database: for a controller that alone writes to its database, and so
 * hears of every change. A record is the same object until something of it changes. Thread-safe.
 */
public final class KnownHosts implements HostStore {
    private final HostStore record;
    private final SharedFacts shared = new SharedFacts();
    private final Map<String, HostRecord> byId = new HashMap<>();
    private final TreeMap<String, HostRecord> byName = new TreeMap<>();
    private @Nullable List<HostRecord> listed;

    /** Takes up what is on record. */
    public KnownHosts(HostStore record) {
        this.record = record;
        record.all().forEach(this::put);
    }

    @Override
    public synchronized List<HostRecord> all() {
        List<HostRecord> now = listed;
        if (now == null) {
            now = List.copyOf(byName.values());
            listed = now;
        }
        return now;
    }

    @Override
    public synchronized Optional<HostRecord> find(String idOrName) {
        return Optional.ofNullable(byId.get(idOrName)).or(() -> Optional.ofNullable(byName.get(idOrName)));
    }

    /** A host's name never changes. */
    private void put(HostRecord host) {
        byId.put(host.id(), host);
        byName.put(host.name(), host);
        listed = null;
    }

    /**
     * Reads it anew, after a change of it was made durable: whoever reads last has the newest. Not what is asked of the record itself,
     * which may be of before another's change.
     */
    private synchronized Optional<HostRecord> again(Optional<HostRecord> changed) {
        changed.flatMap(host -> record.find(host.id())).ifPresent(this::put);
        return changed;
    }

    private synchronized void change(String hostId, UnaryOperator<HostRecord> how) {
        HostRecord before = byId.get(hostId);
        if (before != null) {
            put(how.apply(before));
        }
    }

    @Override
    public Set<String> revoked() {
        return record.revoked();
    }

    @Override
    public void check(TokenText token) {
        record.check(token);
    }

    @Override
    public HostRecord enrol(NewHost host, TokenText token) {
        HostRecord enrolled = record.enrol(host, token);
        var unused = again(Optional.of(enrolled));
        return enrolled;
    }

    @Override
    public Optional<HostRecord> enrolAgain(String hostId, IssuedCertificate certificate, TokenText token) {
        return again(record.enrolAgain(hostId, certificate, token));
    }

    @Override
    public boolean renewed(String hostId, IssuedCertificate certificate) {
        boolean renewed = record.renewed(hostId, certificate);
        var unused = again(find(hostId));
        return renewed;
    }

    @Override
    public Optional<HostRecord> label(String idOrName, Map<String, String> set, Set<String> remove) {
        return again(record.label(idOrName, set, remove));
    }

    @Override
    public Optional<HostRecord> drain(String idOrName, boolean drained) {
        return again(record.drain(idOrName, drained));
    }

    @Override
    public Optional<HostRecord> revoke(String idOrName) {
        return again(record.revoke(idOrName));
    }

    @Override
    public CompletableFuture<Boolean> cloned(String hostId) {
        return record.cloned(hostId).thenApply(done -> {
            change(hostId, host -> host.with(true));
            return done;
        });
    }

    @Override
    public Optional<HostRecord> clearClone(String idOrName) {
        return again(record.clearClone(idOrName));
    }

    @Override
    public CompletableFuture<Boolean> reported(String hostId, String digest, Host facts) {
        Host kept = shared.of(facts);
        return record.reported(hostId, digest, kept).thenApply(done -> {
            if (done) {
                change(hostId, host -> host.with(digest, kept));
            }
            return done;
        });
    }

    @Override
    public CompletableFuture<Boolean> seen(Map<String, Sighting> sightings) {
        return record.seen(sightings).thenApply(done -> {
            sightings.forEach((id, sighting) -> change(id, host -> seen(host, sighting)));
            return done;
        });
    }

    private static HostRecord seen(HostRecord host, Sighting sighting) {
        Optional<Instant> before = host.lastSeen();
        Optional<Duration> skew = sighting.clockSkew().or(host::clockSkew);
        return before.filter(at -> !at.isBefore(sighting.at())).isPresent()
                ? host
                : host.with(Optional.of(sighting.at()), skew);
    }
}
