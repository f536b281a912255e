package dev.drydock.bench.sqlite;

import dev.drydock.bench.report.Figure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;

/**
 * Rows a second that one writer makes durable (WAL, synchronous=FULL: each commit is on disk before it returns) in a table
 * like that of run events: a key, a number, and a blob.
 */
public final class BareSqlite {
    private static final int ROW_BYTES = 500;

    private final Duration budget;
    private final int rowBytes;

    /** @param budget how long to write for each figure */
    BareSqlite(Duration budget) {
        this(budget, ROW_BYTES);
    }

    /** @param rowBytes of the blob */
    public BareSqlite(Duration budget, int rowBytes) {
        this.budget = budget;
        this.rowBytes = rowBytes;
    }

    /** Writes into a new database file in {@code directory}. */
    public Figure measure(Path directory, int rowsPerCommit) throws SQLException {
        Path file = directory.resolve("bare-" + rowsPerCommit + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode=WAL");
                statement.execute("PRAGMA synchronous=FULL");
                statement.execute(
                        "CREATE TABLE event (run TEXT, sequence INTEGER, body BLOB, PRIMARY KEY (run, sequence))");
            }
            connection.setAutoCommit(false);
            write(connection, rowsPerCommit, budget.dividedBy(4), 0);
            double rowsPerSecond = write(connection, rowsPerCommit, budget, 1);
            return new Figure(
                    "rows_per_s_" + rowsPerCommit,
                    "durable rows of %d bytes, %d a commit".formatted(rowBytes, rowsPerCommit),
                    rowsPerSecond,
                    "rows/s");
        }
    }

    private double write(Connection connection, int rowsPerCommit, Duration time, int pass) throws SQLException {
        byte[] body = new byte[rowBytes];
        new Random(7).nextBytes(body);
        long rows = 0;
        long start = System.nanoTime();
        long elapsed = 0;
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?)")) {
            while (elapsed < time.toNanos()) {
                for (int i = 0; i < rowsPerCommit; i++) {
                    insert.setString(1, "r-%d-%020d".formatted(pass, rows / 10));
                    insert.setLong(2, rows % 10);
                    insert.setBytes(3, body);
                    insert.addBatch();
                    rows++;
                }
                insert.executeBatch();
                connection.commit();
                elapsed = System.nanoTime() - start;
            }
        }
        return rows * 1e9 / elapsed;
    }
}
