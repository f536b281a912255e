package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorCrashTest {
    private static final int KILLS = 5;

    @TempDir
    Path directory;

    @Test
    void killedAtAnyInstantItGoesOnAndStartsNothingTwice() throws Exception {
        Path file = directory.resolve("drydock.db");
        Random random = new Random(20261124);
        Map<String, String> runOfHost = new HashMap<>();
        int wave = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(file, 5 + random.nextInt(70));
            wave = check(file, runOfHost, wave);
        }
        runAndKill(file, Integer.MAX_VALUE);
        check(file, runOfHost, wave);

        try (SqliteStore store = SqliteStore.open(file)) {
            Rollout rollout = new SqlRollouts(store).find("patches").orElseThrow();
            assertThat(rollout.state()).isEqualTo(RolloutState.COMPLETED);
            assertThat(runOfHost).hasSize(CrashingController.HOSTS);
        }
    }

    /** @return the wave that it stands at */
    private static int check(Path file, Map<String, String> runOfHost, int wave) {
        try (SqliteStore store = SqliteStore.open(file)) {
            SqlRollouts rollouts = new SqlRollouts(store);
            if (rollouts.find("patches").isEmpty()) {
                assertThat(rollouts.openRuns()).as("runs without their rollout").isEmpty();
                return wave;
            }
            Rollout rollout = rollouts.find("patches").orElseThrow();
            List<Run> runs = new SqlRunStore(store, () -> Plans.BEFORE, run -> {}).ofRollout(rollout.id());
            for (Run run : runs) {
                assertThat(runOfHost.merge(run.hostId(), run.id(), (one, other) -> one.equals(other) ? one : "two"))
                        .as("the one run of %s in this opening", run.hostId())
                        .isEqualTo(run.id());
            }
            // A decision and its runs are on record together, or neither is.
            assertThat(rollout.hosts().stream().map(HostProgress::runId).filter(id -> !id.isEmpty()))
                    .containsExactlyInAnyOrderElementsOf(
                            runs.stream().map(Run::id).toList());
            assertThat(rollouts.openRuns()).hasSizeLessThanOrEqualTo(CrashingController.AT_ONCE);
            assertThat(rollout.currentWave()).isGreaterThanOrEqualTo(wave);
            assertThat(rollout.hosts())
                    .filteredOn(host -> !host.runId().isEmpty())
                    .allMatch(host -> host.host().wave() <= rollout.currentWave());
            assertThat(rollout.hosts())
                    .filteredOn(host -> host.host().wave() < rollout.currentWave())
                    .allMatch(HostProgress::succeeded);
            return rollout.currentWave();
        }
    }

    /** Kills the child when it has printed so many lines, or when its rollout is done. */
    private static void runAndKill(Path file, int lines) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingController.class.getName(),
                        file.toString())
                .redirectErrorStream(false)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int seen = 0;
        boolean done = false;
        try (BufferedReader out = child.inputReader()) {
            String line = out.readLine();
            while (line != null && seen < lines && !done) {
                seen++;
                done = line.equals("done");
                if (seen < lines && !done) {
                    line = out.readLine();
                }
            }
            child.toHandle().destroyForcibly();
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(done || seen == lines)
                .as("the child died by itself after %s lines", seen)
                .isTrue();
    }
}
