package dev.drydock.bench.history;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.Probe;
import dev.drydock.bench.Settings;
import dev.drydock.bench.fleet.ControllerProcess;
import dev.drydock.bench.process.JvmMemory;
import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.bench.report.Figure;
import dev.drydock.bench.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The controller over the history of a year, and the store at that size. Nobody is connected. */
public final class HistoryProbe implements Probe {
    private static final int TIMES = 200;

    /** What it measures. */
    public enum Part {
        pages,
        capacity,
        retention
    }

    private final int hosts;
    private final int runs;
    private final Optional<Path> seeded;
    private final Set<Part> parts;
    private final Clock clock;

    /** @param seeded a directory with a database to measure a copy of, instead of a new one */
    public HistoryProbe(int hosts, int runs, Optional<Path> seeded, Set<Part> parts, Clock clock) {
        this.hosts = hosts;
        this.runs = runs;
        this.seeded = seeded;
        this.parts = parts;
        this.clock = clock;
    }

    @Override
    public Section run(Settings settings) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        Instant now = clock.instant();
        String title;
        try (ScratchDirectory directory = ScratchDirectory.below(settings.directory())) {
            Path data = Files.createDirectory(
                    directory.path().resolve("controller"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path database = data.resolve("drydock.db");
            long begun = System.nanoTime();
            if (seeded.isPresent()) {
                Files.copy(seeded.get().resolve("drydock.db"), database);
            } else {
                try (Seed seed = Seed.into(database, now)) {
                    seed.write(hosts, runs);
                }
            }
            int fleet = count(database, "hosts");
            int past = count(database, "runs");
            title = "History: %,d hosts, %,d runs in a year".formatted(fleet, past);
            figures.add(new Figure(
                    "seed_s", "the year written past the store, or copied", (System.nanoTime() - begun) / 1e9, "s"));
            figures.add(new Figure(
                    "bytes_per_run", "database, hosts and all, a run", (double) Files.size(database) / past, "B"));
            if (parts.contains(Part.pages)) {
                figures.addAll(pages(directory.path(), settings));
            }
            if (parts.contains(Part.capacity)) {
                figures.addAll(Capacity.measure(directory.path(), now));
            }
            if (parts.contains(Part.retention)) {
                int rollouts = Math.max(1, past / fleet);
                figures.addAll(Sweeping.measure(
                        database,
                        now,
                        Duration.ofDays(365).minus(Duration.ofDays(365).dividedBy(rollouts * 2L))));
            }
        } catch (IOException | SQLException e) {
            throw new BenchException("below " + settings.directory() + ": " + e.getMessage(), e);
        }
        return new Section("history", title, figures);
    }

    private static int count(Path database, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            return rows.getInt(1);
        }
    }

    private static List<Figure> pages(Path directory, Settings settings) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        long begun = System.nanoTime();
        try (ControllerProcess controller = ControllerProcess.start(directory, settings.timeout())) {
            figures.add(new Figure("start_s", "start until ready", (System.nanoTime() - begun) / 1e9, "s"));
            Pages pages = new Pages(controller);
            figures.addAll(pages.measure(
                    "report", "compliance report, API, 50 rows", "/v1/reports/compliance?page_size=50", TIMES));
            figures.addAll(pages.measure("report_page", "compliance report, page", "/reports", TIMES));
            figures.addAll(pages.measure("overview", "overview", "/", TIMES));
            figures.addAll(pages.measure("hosts", "page of hosts", "/hosts", TIMES));
            figures.addAll(pages.measure("host", "page of one host", "/hosts/web-00007", TIMES));
            figures.addAll(pages.measure("host_api", "one host, API", "/v1/hosts/web-00007", TIMES));
            figures.addAll(
                    pages.measure("host_runs", "runs of a host, API", "/v1/runs?host=web-00007&page_size=50", TIMES));
            JvmMemory memory = JvmMemory.collected(controller.process());
            figures.add(new Figure("heap_mib", "controller's live heap", memory.heapKib() / 1024.0, "MiB"));
            figures.add(new Figure("rss_mib", "controller's resident memory", memory.residentKib() / 1024.0, "MiB"));
        }
        return figures;
    }
}
