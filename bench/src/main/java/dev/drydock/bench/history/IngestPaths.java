package dev.drydock.bench.history;

import dev.drydock.bench.process.ScratchDirectory;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.store.RunTable;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.proto.agent.v1.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Events of runs into a real SQLite, durable when the call returns: 100 runs report at once, five events each. What is measured is
 * one event. The database is made below the directory for temporary files, and gone afterwards.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class IngestPaths {
    private static final int RUNS = 100;
    private static final int EVENTS = 5;

    private ScratchDirectory directory;
    private SqliteStore store;
    private SqlRunStore runs;
    private List<SeededRun> offered;
    private List<List<RunEvent>> events;
    private int number;

    @Setup
    public void open() throws IOException {
        directory = ScratchDirectory.below(Path.of(System.getProperty("java.io.tmpdir")));
        store = SqliteStore.open(directory.path().resolve("ingest.db"));
        runs = new SqlRunStore(store, InstantSource.system(), run -> {});
    }

    /** New runs for each call; making them is not measured, and takes milliseconds of a call that takes as long. */
    @Setup(Level.Invocation)
    public void offer() {
        Instant now = Instant.parse("2026-11-29T02:00:00Z");
        offered = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            offered.add(SeededRun.of(1, number++, "rollout", now));
        }
        events = offered.stream().map(SeededRun::events).toList();
        store.writeNow(handle -> {
            offered.forEach(run -> RunTable.insert(handle, Capacity.offered(run, now)));
            return true;
        });
    }

    @Benchmark
    @OperationsPerInvocation(RUNS * EVENTS)
    public List<Run> ingestEvent() {
        List<CompletableFuture<Run>> durable = new ArrayList<>();
        for (int i = 0; i < offered.size(); i++) {
            durable.add(runs.append(offered.get(i).id(), events.get(i)));
        }
        return durable.stream().map(CompletableFuture::join).toList();
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        directory.close();
    }
}
