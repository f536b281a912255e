package dev.drydock.controller.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.controller.agents.SharedFacts;
import dev.drydock.proto.facts.v1.Host;
import java.lang.ref.SoftReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The facts of hosts, parsed once for each time that they change: the fleet is read often, and facts are most of it. Given up
 * when memory is short. Safe for use by several threads.
 */
final class SqlHostsFacts {
    private static final Parsed NONE = new Parsed("", Optional.empty());

    private final Map<String, SoftReference<Parsed>> parsed = new ConcurrentHashMap<>();
    private final SharedFacts shared = new SharedFacts();

    /** @param digest as the host's row has it; empty: it never reported */
    Parsed of(Handle handle, String hostId, String digest) {
        if (digest.isEmpty()) {
            return NONE;
        }
        SoftReference<Parsed> reference = parsed.get(hostId);
        Parsed known = reference == null ? null : reference.get();
        if (known != null && known.digest().equals(digest)) {
            return known;
        }
        Parsed read = handle.createQuery("SELECT facts, facts_digest FROM hosts WHERE id = :id")
                .bind("id", hostId)
                .map((row, context) -> read(row, shared))
                .findOne()
                .orElse(NONE);
        parsed.put(hostId, new SoftReference<>(read));
        return read;
    }

    private static Parsed read(ResultSet row, SharedFacts shared) throws SQLException {
        byte @Nullable [] stored = row.getBytes("facts");
        try {
            return new Parsed(
                    row.getString("facts_digest"),
                    stored == null ? Optional.empty() : Optional.of(shared.of(Host.parseFrom(stored))));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("column facts holds no drydock.facts.v1.Host", e);
        }
    }

    /** Facts with the digest that belongs to them. */
    record Parsed(String digest, Optional<Host> facts) {}
}
