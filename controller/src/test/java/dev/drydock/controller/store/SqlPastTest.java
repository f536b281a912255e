package dev.drydock.controller.store;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.retention.Keep;
import dev.drydock.controller.retention.Retention;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.proto.agent.v1.RunState;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlPastTest {
    private static final Instant LATER = NOON.plus(Duration.ofDays(100));
    private static final Keep MONTH = new Keep(Duration.ofDays(30), Duration.ofDays(30));

    @TempDir
    Path directory;

    private final List<String> outputs = new ArrayList<>();
    private SqliteStore store;
    private SqlRunStore runs;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("drydock.db"));
        runs = new SqlRunStore(store, () -> NOON, run -> {});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void ended(String id, String host) {
        runs.adopt(offered(id, host), List.of(accepted(), result(2, RunState.SUCCEEDED, "")))
                .join();
    }

    private Retention retention(Keep keep, Instant now) {
        return new Retention(new SqlPast(store, store::compact), outputs::add, keep, () -> now, System::nanoTime);
    }

    private List<String> ids(String sql) {
        return store.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private List<String> left() {
        return ids("SELECT id FROM runs ORDER BY id");
    }

    /** With millions of runs that are over, any other way to four of them takes seconds, in which nobody else can write. */
    @Test
    void whatMayGoIsFoundByItsIds() {
        List<String> plan = store.read(handle -> handle.createQuery(
                        "EXPLAIN QUERY PLAN SELECT id FROM runs WHERE id IN ('r-1', 'r-2') AND " + SqlPast.MAY_GO)
                .bind("live", true)
                .map((row, context) -> row.getString("detail"))
                .list());
        assertThat(plan).first().asString().isEqualTo("SEARCH runs USING INDEX sqlite_autoindex_runs_1 (id=?)");
    }

    @Test
    void oldRunsGoWithAllThatIsOfThem() throws Exception {
        for (int i = 10; i < 40; i++) {
            ended("r-" + i, "h-1");
        }
        runs.adopt(offered("r-open", "h-2"), List.of(accepted())).join();

        assertThat(retention(MONTH, NOON.plus(Duration.ofDays(10))).sweep().runs())
                .isZero();
        assertThat(retention(Keep.EVERYTHING, LATER).sweep().runs()).isZero();
        assertThat(retention(MONTH, LATER).sweep().runs()).isEqualTo(29);

        assertThat(left()).as("the last of each host, and what is open").containsExactly("r-39", "r-open");
        assertThat(ids("SELECT DISTINCT run_id FROM run_events ORDER BY run_id"))
                .containsExactly("r-39", "r-open");
        assertThat(outputs).hasSize(29).doesNotContain("r-39", "r-open");
    }

    @Test
    void whatAnIncidentIsAboutStays() throws Exception {
        ended("r-1", "h-1");
        ended("r-2", "h-1");
        store.writeNow(handle -> handle.execute("UPDATE runs SET incident = 7 WHERE id = 'r-1'"));

        assertThat(retention(MONTH, LATER).sweep().runs()).isZero();
        assertThat(left()).containsExactly("r-1", "r-2");
    }

    @Test
    void aRolloutThatIsOverGoesWhenItsRunsAreGone() throws Exception {
        var rollout = RolloutMachine.planned(
                Plans.plan(30, Plans.strategy("30", "", "100%", Duration.ZERO), Plans.ONCE), Map.of());
        new SqlRollouts(store).insert(rollout, List.of());
        assertThat(retention(MONTH, LATER).sweep().others())
                .as("it is not over")
                .isZero();

        store.writeNow(
                handle -> handle.createUpdate("UPDATE rollouts SET live = FALSE, state = 'COMPLETED', ended_at = :at")
                        .bind("at", Columns.micros(NOON))
                        .execute());
        assertThat(retention(MONTH, LATER).sweep().others()).isGreaterThanOrEqualTo(30);
        assertThat(new SqlRollouts(store).heads()).isEmpty();
        assertThat(ids("SELECT host_id FROM rollout_hosts")).isEmpty();
    }

    @Test
    void freeSpaceIsGivenBack() throws Exception {
        store.writeNow(handle -> {
            handle.execute("CREATE TABLE large (body BLOB)");
            for (int i = 0; i < 100; i++) {
                handle.execute("INSERT INTO large VALUES (zeroblob(20000))");
            }
            return true;
        });
        store.writeNow(handle -> handle.execute("DELETE FROM large"));
        assertThat(ids("PRAGMA freelist_count").getFirst()).isNotEqualTo("0");

        var unused = retention(MONTH, LATER).sweep();
        assertThat(ids("PRAGMA freelist_count")).containsExactly("0");
    }

    /** Killed in the middle: each run is there as a whole or not at all, what is kept is there, and the next sweep ends it. */
    @Test
    void aCrashLosesNothingElse() throws Exception {
        for (int i = 100; i < 220; i++) {
            ended("r-" + i, "h-" + i % 5);
        }
        store.close();
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SweepingProcess.class.getName(),
                        directory.resolve("drydock.db").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader()) {
            for (int i = 0; i < 20; i++) {
                assertThat(out.readLine()).as("it has not ended").isNotNull();
            }
            child.toHandle().destroyForcibly();
        } finally {
            child.destroyForcibly().waitFor();
        }
        open();

        List<String> left = left();
        assertThat(left).hasSizeBetween(6, 119).contains("r-215", "r-216", "r-217", "r-218", "r-219");
        for (String run : left) {
            assertThat(runs.events(run)).as(run).hasSize(2);
        }
        assertThat(new TreeSet<>(ids("SELECT DISTINCT run_id FROM run_events"))).isEqualTo(new TreeSet<>(left));
        assertThat(retention(MONTH, LATER).sweep().runs()).isEqualTo(left.size() - 5);
    }
}
