package dev.drydock.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadTimesTest {
    @TempDir
    Path proc;

    @Test
    void tellsWhoRanMostSinceThen() throws Exception {
        thread(1, "java", 5_000_000);
        thread(2, "VM Thread", 1_000_000);
        thread(3, "C1 CompilerThre", 2_000_000);
        ThreadTimes before = ThreadTimes.of(proc);
        thread(1, "java", 7_500_000);
        thread(2, "VM Thread", 9_000_000);
        thread(4, "C1 CompilerThre", 1_000_000);
        assertThat(ThreadTimes.of(proc).figuresSince(before, 2))
                .containsExactly(
                        new Figure("idle_thread_vm_thread_ms", "  of it VM Thread", 8, "ms"),
                        new Figure("idle_thread_java_ms", "  of it java", 2.5, "ms"));
    }

    @Test
    void threadsOfOneNameCountTogether() throws Exception {
        ThreadTimes before = new ThreadTimes(Map.of(), Map.of());
        thread(3, "C1 CompilerThre", 2_000_000);
        thread(4, "C1 CompilerThre", 1_000_000);
        assertThat(ThreadTimes.of(proc).figuresSince(before, 9))
                .containsExactly(new Figure("idle_thread_c1_compilerthre_ms", "  of it C1 CompilerThre", 3, "ms"));
    }

    private void thread(long id, String name, long nanos) throws IOException {
        Path task = Files.createDirectories(proc.resolve("task").resolve(Long.toString(id)));
        Files.writeString(task.resolve("comm"), name + "\n");
        Files.writeString(task.resolve("schedstat"), nanos + " 17 4\n");
    }
}
