package dev.drydock.controller.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what was committed from SQLite's write-ahead log into the database, in a thread of its own: that syncs a file in which writes
 * are all over the place, and whoever writes next would wait for it. Only where this falls behind does the writer do it itself
 * ({@link #WRITERS_OWN}), so that the log has an end. What is durable does not depend on it.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

    /** Pages in the log beyond which a commit moves them, before the writer goes on: 64 MiB. */
    static final int WRITERS_OWN = 16_384;

    /** Pages that are worth it. */
    private static final int ENOUGH = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final DataSource database;
    private final Semaphore commits = new Semaphore(0);
    private final Thread thread;
    private @Nullable Connection connection;
    private volatile boolean closed;

    Checkpoints(DataSource database) {
        this.database = database;
        this.thread = Thread.ofPlatform().daemon().name("store-checkpoints").start(this::run);
    }

    /** Something may be there to be moved. */
    void committed() {
        commits.release();
    }

    private void run() {
        try {
            while (!closed) {
                commits.acquire();
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                commits.drainPermits();
                look();
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void look() {
        try {
            Connection open = connection;
            if (open == null) {
                open = database.getConnection();
                connection = open;
            }
            if (waiting(open, "NOOP") >= ENOUGH) {
                int left = waiting(open, "PASSIVE");
                log.debug("pages of the log are in the database, {} came meanwhile", left);
            }
        } catch (SQLException e) {
            // All is in the log, and stays there.
            log.warn("what was written stays in the database's log for now: {}", e.getMessage());
            disconnect();
        }
    }

    /** @return pages that are in the log alone, after a checkpoint of this kind */
    private static int waiting(Connection connection, String kind) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + kind + ")")) {
            return row.next() ? row.getInt(2) - row.getInt(3) : 0;
        }
    }

    private void disconnect() {
        Connection former = connection;
        connection = null;
        if (former != null) {
            try {
                former.close();
            } catch (SQLException e) {
                log.debug("closing the connection for checkpoints: {}", e.getMessage());
            }
        }
    }

    /** Does not wait for a commit; to be closed after all that write. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
