package dev.drydock.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashTest {
    private static final int KILLS = 2;

    @TempDir
    Path directory;

    @Test
    void everyAcknowledgedWriteIsThereAfterKill() throws Exception {
        Path file = directory.resolve("drydock.db");
        Random random = new Random(20261124);
        long acknowledged = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged = Math.max(acknowledged, writeAndKill(file, acknowledged, 100 + random.nextInt(600)));
            try (SqliteStore store = SqliteStore.open(file)) {
                List<Long> numbers = store.read(handle -> handle.createQuery("SELECT n FROM numbers ORDER BY n")
                        .mapTo(Long.class)
                        .list());
                // Nothing acknowledged is missing, and nothing after a gap is there: writes are applied in order.
                assertThat(numbers.size()).isGreaterThanOrEqualTo((int) acknowledged);
                assertThat(numbers.getLast()).isEqualTo(numbers.size());
                acknowledged = numbers.size();
            }
        }
    }

    /** Kills the child when it has acknowledged so many; gives the last number that it acknowledged. */
    private static long writeAndKill(Path file, long from, int killAfter) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NumberWriter.class.getName(),
                        file.toString(),
                        Long.toString(from))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = from;
        try (BufferedReader out = child.inputReader()) {
            String line = out.readLine();
            while (line != null) {
                last = Long.parseLong(line);
                if (last - from >= killAfter) {
                    // By its handle: killed through the Process, Java would close the stream that is still to be read.
                    child.toHandle().destroyForcibly();
                    break;
                }
                line = out.readLine();
            }
            assertThat(last - from).as("the child died by itself").isGreaterThanOrEqualTo(killAfter);
            // What it had printed by then was acknowledged too.
            for (String more = out.readLine(); more != null; more = out.readLine()) {
                last = Long.parseLong(more);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return last;
    }
}
