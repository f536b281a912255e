package dev.drydock.controller.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's errors mean.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL: error codes</a>
 */
record PostgresFailures(PostgresAddress database) implements StoreFailures {
    private static final String DISK_FULL = "53100";
    /** Of the connection, of the server's resources, of its shutting down, of its disk, and of transactions that it ended. */
    private static final Set<String> ENDING = Set.of("08", "53", "57", "58", "40", "25", "XX");

    @Override
    public boolean endsTransaction(Throwable e) {
        if (e instanceof StoreException) {
            return true;
        }
        SQLException first = first(e);
        return first != null && ENDING.contains(kind(first));
    }

    /** Whether the connection is gone, and with it the word on what was asked last. */
    static boolean lostConnection(Throwable e) {
        SQLException first = first(e);
        return first != null && Set.of("08", "57").contains(kind(first));
    }

    @Override
    public StoreException of(Throwable e) {
        if (e instanceof StoreException known) {
            return known;
        }
        SQLException first = first(e);
        String state = first == null ? "" : String.valueOf(first.getSQLState());
        if (state.equals(DISK_FULL)) {
            return unwritten(
                    StoreException.Kind.DISK_FULL,
                    "The disk of the database " + database
                            + " is full. Free space there; the controller then goes on by itself.",
                    e);
        }
        if (first != null && (lostConnection(first) || kind(first).equals("53"))) {
            return unwritten(StoreException.Kind.AWAY, away(e), e);
        }
        return unwritten(
                StoreException.Kind.BROKEN,
                "The database " + database + " refused a commit (" + StoreFailures.reason(e) + ").",
                e);
    }

    private static StoreException unwritten(StoreException.Kind kind, String why, Throwable e) {
        return new StoreException(kind, why + " Nothing of this write is stored.", e);
    }

    private String away(Throwable e) {
        return "The database " + database + " cannot be reached (" + StoreFailures.reason(e)
                + "). The controller goes on by itself when it can be again.";
    }

    StoreException reading(Throwable e) {
        return new StoreException(StoreException.Kind.AWAY, away(e), e);
    }

    StoreException opening(Throwable e) {
        return new StoreException(
                StoreException.Kind.BROKEN,
                "The database " + database + " cannot be opened or brought up to date: " + StoreFailures.reason(e)
                        + ". Check that it is there and this machine may connect to it, that user and password are right,"
                        + " that its certificate is trusted (sslmode and sslrootcert), and that it is a Drydock"
                        + " database of this version or an older one.",
                e);
    }

    @Override
    public StoreException closed() {
        return new StoreException(
                StoreException.Kind.CLOSED,
                "The database " + database
                        + " is closed because the controller is stopping. Nothing of this write is stored.",
                null);
    }

    private static String kind(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    private static @Nullable SQLException first(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
