package dev.drydock.controller.store;

import dev.drydock.controller.cluster.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits to PostgreSQL. Each transaction first proves that this controller's term still stands, by a lock on the row that a successor
 * must change: while the transaction is open nobody takes over, and afterwards none of this term begins.
 *
 * <p>When the connection breaks in a commit, nobody has heard whether it was made. PostgreSQL knows: it is asked, until it tells.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">PostgreSQL: pg_xact_status</a>
 */
final class PostgresCommits implements Commits {
    private static final Logger log = LoggerFactory.getLogger(PostgresCommits.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Jdbi database;
    private final PostgresFailures failures;
    private final Fence fence;
    private volatile boolean closing;
    private long transaction;

    PostgresCommits(Jdbi database, PostgresFailures failures, Fence fence) {
        this.database = database;
        this.failures = failures;
        this.fence = fence;
    }

    @Override
    public Handle connect() {
        requireHeld();
        Handle handle = database.open();
        // What agents are told to be durable must be, however the server is set up; more than that is the operator's.
        handle.execute("SELECT set_config('synchronous_commit', 'on', false)"
                + " WHERE current_setting('synchronous_commit') = 'off'");
        if (fence.epoch() != 0) {
            // Of a process that was stopped in the middle of a transaction: a successor waits for it so long.
            handle.execute("SET idle_in_transaction_session_timeout = '3s'");
        }
        return handle;
    }

    @Override
    public void begin(Handle handle) {
        requireHeld();
        handle.begin();
        transaction = proof(handle).orElseThrow(this::deposed);
    }

    private Optional<Long> proof(Handle handle) {
        String id = "SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)";
        if (fence.epoch() == 0) {
            return handle.createQuery(id).mapTo(Long.class).findOne();
        }
        return handle.createQuery(id + " FROM drydock_cluster.lease WHERE epoch = :epoch FOR KEY SHARE")
                .bind("epoch", fence.epoch())
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public boolean commit(Handle handle) {
        try {
            handle.commit();
            return true;
        } catch (RuntimeException e) {
            if (!PostgresFailures.lostConnection(e) || !wasCommitted(transaction)) {
                throw e;
            }
            log.warn("the connection broke in a commit that was made");
            return false;
        }
    }

    /** @throws StoreException when it is not known before this controller's term ends */
    private boolean wasCommitted(long id) {
        while (!closing && fence.held()) {
            try (Handle asking = database.open()) {
                String status = asking.createQuery("SELECT pg_xact_status(CAST(CAST(:id AS text) AS xid8))")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one();
                if (!"in progress".equals(status)) {
                    return "committed".equals(status);
                }
            } catch (JdbiException e) {
                log.debug("asking for the end of transaction {}", id, e);
            }
            pause();
        }
        throw new StoreException(
                StoreException.Kind.CLOSED,
                "The connection to the database " + failures.database()
                        + " broke in a commit, and this controller stops before it is known whether it was made.",
                null);
    }

    private void requireHeld() {
        if (!fence.held()) {
            throw deposed();
        }
    }

    private StoreException deposed() {
        return new StoreException(
                StoreException.Kind.CLOSED,
                "This controller does not lead any more: another one may have taken over. Nothing of this write is stored.",
                null);
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    /** Nothing is waited for any more. */
    void closing() {
        closing = true;
    }
}
