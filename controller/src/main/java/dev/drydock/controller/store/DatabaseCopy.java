package dev.drydock.controller.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/**
 * Copies a database as it stands at one instant, also while a controller writes to it.
 *
 * @see <a href="https://www.sqlite.org/lang_vacuum.html#vacuuminto">SQLite: VACUUM INTO</a>
 */
public final class DatabaseCopy {
    private DatabaseCopy() {}

    /**
     * @param copy must not exist; not forced to disk
     * @throws StoreException when it cannot be read or written as a whole; a part of the copy may be left
     */
    public static void make(Path database, Path copy) {
        try (Connection connection = open(database);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw SqliteFailures.copying(database, copy, e);
        }
    }

    /** @throws StoreException when SQLite's own check finds something */
    public static void requireSound(Path database) {
        try (Connection connection = open(database);
                Statement check = connection.createStatement();
                ResultSet found = check.executeQuery("PRAGMA integrity_check")) {
            String first = found.next() ? found.getString(1) : "nothing was checked";
            if (!first.equals("ok")) {
                throw new StoreException(
                        StoreException.Kind.BROKEN, "The database " + database + " is damaged: " + first, null);
            }
        } catch (SQLException e) {
            throw SqliteFailures.opening(database, e);
        }
    }

    private static Connection open(Path database) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource(SqliteStore.config());
        source.setUrl("jdbc:sqlite:" + database);
        return source.getConnection();
    }
}
