package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path workDir;

    @Test
    void whatAStepLeftBehindIsEndedButNotTheDaemonsThatItStarted() throws Exception {
        Path pids = workDir.resolve("pids");
        // As after a kill of the agent: the program's parent is gone, its child in the same session is not.
        String script = "sleep 600 & echo $! >" + pids + "; setsid sleep 601 & echo $! >>" + pids;
        Commands commands = new LocalCommands(new HostFiles(Path.of("/")));
        Job job = Job.of((bytes, offset, length) -> {}, () -> Duration.ofSeconds(8), workDir);
        job.run(commands, Map.of(), List.of("sh", "-c", script));
        List<String> started = Files.readAllLines(pids);
        ProcessHandle leftover =
                ProcessHandle.of(Long.parseLong(started.get(0))).orElseThrow();
        ProcessHandle daemon = ProcessHandle.of(Long.parseLong(started.get(1))).orElseThrow();
        try {
            // Between fork and exec it still has its parent's session.
            Awaitility.await().until(() -> ProcessTable.startedWith(Job.MARK, job.mark(), Launch.SESSION)
                    .equals(java.util.Set.of(leftover.pid())));
            Leftovers.end(job);
            assertThat(leftover.isAlive()).isFalse();
            assertThat(daemon.isAlive()).isTrue();
        } finally {
            daemon.destroyForcibly();
        }
    }

    @Test
    void withoutAMarkNobodyIsEnded() throws Exception {
        Leftovers.end(Job.quiet(Duration.ofSeconds(1)));
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }
}
