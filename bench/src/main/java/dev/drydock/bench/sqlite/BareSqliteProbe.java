package dev.drydock.bench.sqlite;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Section;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The store's ceiling: what SQLite makes durable when nothing else is done. */
public final class BareSqliteProbe implements Probe {
    private static final List<Integer> ROWS_PER_COMMIT = List.of(1, 100, 1000);

    @Override
    public Section run(Settings settings) {
        BareSqlite sqlite = new BareSqlite(Duration.ofSeconds(2));
        List<Figure> figures = new ArrayList<>();
        try (ScratchDirectory directory = ScratchDirectory.below(settings.directory())) {
            for (int rows : ROWS_PER_COMMIT) {
                figures.add(sqlite.measure(directory.path(), rows));
            }
        } catch (IOException | SQLException e) {
            throw new BenchException("SQLite below " + settings.directory() + ": " + e.getMessage(), e);
        }
        return new Section("bare_sqlite", "Bare SQLite: WAL, synchronous=FULL, one writer", figures);
    }
}
