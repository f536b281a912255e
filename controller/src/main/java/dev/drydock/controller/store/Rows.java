package dev.drydock.controller.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows: compiled once, where each row by itself would compile it anew, and bound by place and without JDBI, whose
 * binding by name took as long as the database took to write the row. For use inside a write, by one thread.
 */
final class Rows implements AutoCloseable {
    /** What is bound is kept until it is written. */
    private static final int AT_ONCE = 500;

    private final PreparedStatement statement;
    private int bound;
    private int waiting;

    Rows(Handle handle, String sql) {
        try {
            this.statement = handle.getConnection().prepareStatement(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The next parameter. PostgreSQL takes no character NUL, and what hosts say may hold one. */
    Rows text(@Nullable String value) {
        try {
            if (value == null) {
                statement.setNull(++bound, Types.VARCHAR);
            } else {
                statement.setString(++bound, value.replace('\0', '\uFFFD'));
            }
            return this;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The next parameter. */
    Rows number(long value) {
        try {
            statement.setLong(++bound, value);
            return this;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The next parameter. */
    Rows flag(boolean value) {
        try {
            statement.setBoolean(++bound, value);
            return this;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The next parameter. */
    Rows at(Instant value) {
        return number(Columns.micros(value));
    }

    /** The next parameter. */
    Rows at(Optional<Instant> value) {
        if (value.isPresent()) {
            return at(value.get());
        }
        try {
            statement.setNull(++bound, Types.BIGINT);
            return this;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The row is whole. */
    void add() {
        try {
            statement.addBatch();
            bound = 0;
            if (++waiting >= AT_ONCE) {
                write();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void write() throws SQLException {
        if (waiting > 0) {
            waiting = 0;
            statement.executeBatch();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        try (PreparedStatement last = statement) {
            write();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(SQLException e) {
        return new IllegalStateException("rows could not be written", e);
    }
}
