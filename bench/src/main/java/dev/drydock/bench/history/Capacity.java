package dev.drydock.bench.history;

import dev.drydock.bench.report.Figure;
import dev.drydock.bench.sqlite.BareSqlite;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The most results of runs that the store makes durable, beside bare group commits of as many rows of the same size. */
final class Capacity {
    private static final int RUNS = 20_000;
    /** The bare limit comes after it, with a driver that is warm. */
    private static final int WARM = 20_000;

    private Capacity() {}

    static List<Figure> measure(Path directory, Instant now) throws SQLException {
        double events;
        List<SeededRun> plain;
        int bytes = 0;
        int each;
        try (SqliteStore store = SqliteStore.open(directory.resolve("capacity.db"))) {
            SqlRunStore runs = new SqlRunStore(store, InstantSource.system(), run -> {});
            List<SeededRun> seeded = new ArrayList<>();
            for (int i = 0; i < 2 * RUNS + WARM; i++) {
                seeded.add(SeededRun.of(1, i, "rollout", now));
            }
            List<Run> offered = seeded.stream().map(run -> offered(run, now)).toList();
            store.writeNow(handle -> {
                offered.forEach(run -> RunTable.insert(handle, run));
                return true;
            });
            plain = seeded.subList(RUNS + WARM, seeded.size());
            List<List<RunEvent>> results =
                    seeded.stream().map(SeededRun::events).toList();
            each = results.getFirst().size();
            for (RunEvent event : results.getFirst()) {
                bytes += event.getSerializedSize();
            }
            append(runs, seeded.subList(0, WARM), results.subList(0, WARM));
            long begun = System.nanoTime();
            append(runs, seeded.subList(WARM, RUNS + WARM), results.subList(WARM, RUNS + WARM));
            events = (double) RUNS * each * 1e9 / (System.nanoTime() - begun);
        }
        double same = BareResults.measure(directory.resolve("capacity.db"), plain);
        Figure bare = new BareSqlite(Duration.ofSeconds(2), bytes / each).measure(directory, 1_000);
        return List.of(
                new Figure("durable_results_per_s", "results of runs made durable", events / each, "/s"),
                new Figure("durable_rows_per_s", "their events made durable", events, "rows/s"),
                new Figure("bare_rows_per_s", bare.label() + ", bare", bare.value(), bare.unit()),
                new Figure("bare_results_per_s", "the same rows into the same tables, bare", same, "/s"),
                new Figure("durable_of_same", "the store's part of that", events / each / same, ""),
                new Figure("durable_of_bare", "the store's part of the bare limit", events / bare.value(), ""));
    }

    private static void append(SqlRunStore runs, List<SeededRun> which, List<List<RunEvent>> results) {
        List<CompletableFuture<Run>> durable = new ArrayList<>();
        for (int i = 0; i < which.size(); i++) {
            durable.add(runs.append(which.get(i).id(), results.get(i)));
        }
        durable.forEach(CompletableFuture::join);
    }

    static Run offered(SeededRun run, Instant now) {
        Instant closes = now.plus(SeededRun.WINDOW);
        return new Run(
                run.id(),
                run.rollout(),
                SeededHosts.id(run.host()),
                "monthly",
                7,
                SeededRun.DIGEST,
                Map.of(),
                "nights",
                now,
                closes,
                closes,
                closes,
                RunState.OFFERED,
                "",
                now,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty());
    }
}
