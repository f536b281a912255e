package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Commands.Command;
import dev.drydock.agent.host.Commands.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Output NONE = (bytes, offset, length) -> {};

    @TempDir
    Path directory;

    private final Commands commands = new LocalCommands(new HostFiles(Path.of("/")), Duration.ofSeconds(1));

    @Test
    void tellsExitCodeOutputAndTail() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        Result result = commands.run(
                Command.of(LONG, "sh", "-c", "echo out; echo err >&2; exit 3"), (bytes, offset, length) -> {
                    synchronized (seen) {
                        seen.write(bytes, offset, length);
                    }
                });
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.ok()).isFalse();
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.tail()).contains("out\n", "err\n");
        assertThat(seen.toString(StandardCharsets.UTF_8)).contains("out\n", "err\n");
    }

    @Test
    void theEnvironmentIsCleanAndStandardInputEmpty() throws Exception {
        Result result = commands.run(
                new Command(
                        List.of("sh", "-c", "env | cut -d= -f1 | sort | tr '\\n' ' '; cat"),
                        Map.of("GIVEN", "1"),
                        Map.of("SECRET", "2"),
                        LONG),
                NONE);
        assertThat(result.stdout().split(" "))
                .containsExactlyInAnyOrder("DRYDOCK_SESSION", "GIVEN", "LANG", "PATH", "PWD", "SECRET");
    }

    @Test
    void onlyTheEndOfMuchOutputIsKept() throws Exception {
        Result result = commands.run(Command.of(LONG, "sh", "-c", "seq 1 20000; echo end"), NONE);
        assertThat(result.tail()).hasSize(OutputCapture.TAIL).endsWith("20000\nend\n");
    }

    @Test
    void whenTheTimeIsOverTheWholeTreeIsEndedAlsoWhatMadeASessionOfItsOwn() throws Exception {
        Path pids = directory.resolve("pids");
        String script = "echo $$ >>" + pids + "; (sleep 600 & echo $! >>" + pids + "); setsid sleep 601 & echo $! >>"
                + pids + "; wait";
        Result result = commands.run(Command.of(Duration.ofSeconds(2), "sh", "-c", script), NONE);

        assertThat(result.timedOut()).isTrue();
        assertThat(result.ok()).isFalse();
        List<String> started = Files.readAllLines(pids);
        assertThat(started).hasSize(3);
        Awaitility.await().atMost(LONG).until(() -> started.stream().noneMatch(LocalCommandsTest::isAlive));
    }

    @Test
    void whatIgnoresTheTermSignalIsKilled() throws Exception {
        Path pid = directory.resolve("pid");
        Result result = commands.run(
                Command.of(
                        Duration.ofSeconds(1),
                        "sh",
                        "-c",
                        "trap '' TERM; echo $$ >" + pid + "; while :; do sleep 1; done"),
                NONE);
        assertThat(result.timedOut()).isTrue();
        assertThat(isAlive(Files.readString(pid).strip())).isFalse();
    }

    @Test
    void anInterruptEndsTheTree() throws Exception {
        Path pid = directory.resolve("pid");
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                commands.run(Command.of(LONG, "sh", "-c", "echo $$ >" + pid + "; sleep 600"), NONE);
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
            ended.countDown();
        });
        Awaitility.await().atMost(LONG).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        thread.interrupt();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(isAlive(Files.readString(pid).strip())).isFalse();
    }

    @Test
    void aDaemonThatKeepsTheOutputOpenDoesNotHoldUpTheCaller() throws Exception {
        Path pid = directory.resolve("pid");
        Result result = CompletableFuture.supplyAsync(() -> {
                    try {
                        return commands.run(
                                Command.of(
                                        LONG,
                                        "sh",
                                        "-c",
                                        "setsid sh -c 'echo $$ >" + pid + "; exec sleep 600' & exit 0"),
                                NONE);
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        assertThat(result.ok()).isTrue();
        Awaitility.await().atMost(LONG).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        String daemon = Files.readString(pid).strip();
        assertThat(isAlive(daemon)).as("a service that was started goes on").isTrue();
        ProcessHandle.of(Long.parseLong(daemon)).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> commands.run(Command.of(LONG, "no-such-program"), NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program is not in");
        assertThatThrownBy(() -> commands.run(Command.of(LONG, "/etc/passwd"), NONE))
                .hasMessageContaining("not an executable file");
    }

    private static boolean isAlive(String pid) {
        return !ProcessTable.tree(Long.parseLong(pid)).isEmpty()
                && ProcessHandle.of(Long.parseLong(pid))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }
}
