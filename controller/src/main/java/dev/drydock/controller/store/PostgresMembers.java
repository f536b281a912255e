package dev.drydock.controller.store;

import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.cluster.Members;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The members as the database has them, read by the store's readers: whoever asks often does not get in the way of the lease. */
public final class PostgresMembers implements Members {
    private final Store store;

    public PostgresMembers(Store store) {
        this.store = store;
    }

    @Override
    public List<MemberStatus> all() {
        return store.read(PostgresMembers::list);
    }

    static List<MemberStatus> list(Handle handle) {
        return handle.createQuery("""
                        SELECT members.*, lease.epoch, lease.since FROM drydock_cluster.members
                        LEFT JOIN drydock_cluster.lease ON lease.holder = members.name
                          AND lease.expires > clock_timestamp()
                        WHERE seen > clock_timestamp() - INTERVAL '1 day' ORDER BY name
                        """).map((row, context) -> status(row)).list();
    }

    private static MemberStatus status(ResultSet row) throws SQLException {
        Optional<Instant> since = Optional.ofNullable(row.getTimestamp("since")).map(Timestamp::toInstant);
        return new MemberStatus(
                row.getString("name"),
                row.getString("version"),
                row.getTimestamp("started").toInstant(),
                row.getTimestamp("seen").toInstant(),
                since.isPresent(),
                since.isPresent() ? Optional.of(row.getLong("epoch")) : Optional.empty(),
                since,
                row.getInt("connections"));
    }
}
