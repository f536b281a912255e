package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.incident.EndedRun;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade opens no incidents of what failed last year, and loses none of what is still under way. */
final class ContractsMigrationTest {
    @TempDir
    Path directory;

    @Test
    void whatFailedBeforeIsLeftAloneAndWhatFailsLaterIsNot() {
        String url = "jdbc:sqlite:" + directory.resolve("drydock.db");
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:db/migration")
                .placeholders(Map.of("bytes", "BLOB"))
                .target("13")
                .load()
                .migrate();
        Jdbi.create(url).useHandle(handle -> {
            for (RunState state : new RunState[] {RunState.ROLLED_BACK, RunState.LOST, RunState.SUCCEEDED}) {
                handle.execute(INSERT, "old-" + state.name(), state.name(), false);
            }
            handle.execute(INSERT, "open", RunState.RUNNING.name(), true);
        });

        try (SqliteStore store = SqliteStore.open(directory.resolve("drydock.db"))) {
            SqlIncidents incidents = new SqlIncidents(store);
            assertThat(incidents.uncounted(10)).isEmpty();
            assertThat(incidents.withoutIncident(10)).isEmpty();

            int unused = store.writeNow(handle -> handle.execute(
                    "UPDATE runs SET state = 'ROLLED_BACK', open = FALSE, ended_at = 1 WHERE id = 'open'"));

            assertThat(incidents.uncounted(10)).extracting(EndedRun::id).containsExactly("open");
            assertThat(incidents.withoutIncident(10)).extracting(EndedRun::id).containsExactly("open");
        }
    }

    private static final String INSERT = """
            INSERT INTO runs (id, rollout_id, host_id, playbook_name, playbook_version, playbook_digest, params,
              window_name, window_opens, window_closes, start_before, deadline, state, reason, offered_at, last_sequence,
              output_size, open)
            VALUES (?, 'o-1', 'h-1', 'web', 1, 'd', '{}', 'w', 0, 0, 0, 0, ?, '', 0, 0, 0, ?)
            """;
}
