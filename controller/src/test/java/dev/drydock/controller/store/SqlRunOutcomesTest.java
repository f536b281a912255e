package dev.drydock.controller.store;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.offered;
import static dev.drydock.controller.run.Runs.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.compliance.RunOutcome;
import dev.drydock.controller.run.Run;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlRunOutcomesTest {
    @TempDir
    Path directory;

    private SqliteStore store;
    private SqlRunStore runs;
    private SqlRunOutcomes outcomes;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("drydock.db"));
        runs = new SqlRunStore(store, () -> NOON, run -> {});
        outcomes = new SqlRunOutcomes(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Run adopt(String id, String host, RunEvent... events) {
        return runs.adopt(offered(id, host), List.of(events)).join();
    }

    private static RunEvent changed(long sequence, int changes) {
        RunEvent end = result(sequence, RunState.SUCCEEDED, "");
        RunEvent.Builder builder = end.toBuilder();
        for (int i = 0; i < changes; i++) {
            builder.getResultBuilder().addChanges(Change.newBuilder().setKind("package"));
        }
        return builder.build();
    }

    @Test
    void givesTheNewestEndedRunOfEachHost() {
        adopt("r-1", "h-1", accepted(), result(2, RunState.SUCCEEDED, ""));
        Run newest = adopt(
                "r-2",
                "h-1",
                accepted(),
                accepted().toBuilder().setSequence(2).build(),
                result(3, RunState.ROLLED_BACK, "503"));
        adopt("r-3", "h-1", accepted());
        adopt("r-4", "h-2", accepted());

        assertThat(outcomes.lastEnded()).containsOnlyKeys("h-1").containsEntry("h-1", newest);
    }

    @Test
    void countsWhatEachResultSaysWasChanged() {
        adopt("r-1", "h-1", accepted(), changed(2, 3));
        adopt("r-2", "h-2", accepted(), changed(2, 0));
        adopt("r-3", "h-3", accepted());
        adopt("r-4", "h-4");

        assertThat(outcomes.ofRollout("o-1")).extracting(RunOutcome::changes).containsExactly(3, 0, 0, 0);
        assertThat(outcomes.ofRollout("o-2")).isEmpty();
    }
}
