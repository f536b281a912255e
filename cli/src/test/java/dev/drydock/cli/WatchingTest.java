package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import dev.drydock.proto.v1.AbortRolloutRequest;
import dev.drydock.proto.v1.CreateRolloutRequest;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.PauseRolloutRequest;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.RolloutUpdate;
import dev.drydock.proto.v1.WatchRolloutRequest;
import io.grpc.Status;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code rollout watch}, in a pipe and on a terminal, to the end, over an outage, and left early. */
class WatchingTest extends FunctionalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"COMPLETED, 0", "COMPLETED_WITH_FAILURES, 4", "STOPPED, 1", "ABORTED, 1"})
    void theExitCodeSaysHowTheRolloutEnded(RolloutState state, int exitCode) {
        plane.answer("WatchRollout", SampleRollouts.update(state));

        assertThat(shell.run("rollout", "watch", "web-0001").exitCode()).isEqualTo(exitCode);
        assertThat(shell.run("rollout", "watch", "web-0001", "--quiet").out()).isEmpty();
    }

    @Test
    void inAPipeOneLineAnEvent() {
        plane.answer(
                "WatchRollout",
                SampleRollouts.update(RolloutState.RUNNING),
                SampleRollouts.update(RolloutState.RUNNING, "offered", "http.check: 502\u001b[2J, going back"),
                SampleRollouts.update(RolloutState.COMPLETED_WITH_FAILURES, "rolled back"));

        Shell.Ended ended = shell.run("rollout", "watch", "web-0001");

        Golden.check("watch-pipe", ended.out());
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void forProgramsOneObjectALine() {
        Message update = SampleRollouts.update(RolloutState.COMPLETED, "patched");
        plane.answer("WatchRollout", SampleRollouts.update(RolloutState.RUNNING), update);

        Shell.Ended ended = shell.run("rollout", "watch", "web-0001", "--output", "json");

        assertThat(ended.out().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("{\"rollout\":{")
                .endsWith("}"));
    }

    @ParameterizedTest
    @CsvSource({"100, 30", "44, 30", "100, 10"})
    void onATerminalBarsPerWave(int columns, int rows) {
        shell.on(TestingTerminal.of(columns, rows));
        plane.answer(
                "WatchRollout",
                SampleRollouts.update(RolloutState.RUNNING, "offered", "checks run"),
                SampleRollouts.update(RolloutState.COMPLETED_WITH_FAILURES, "rolled back"));

        Shell.Ended ended = shell.run("rollout", "watch", "web-0001");

        List<String> pictures = Screen.pictures(ended.out());
        assertThat(pictures).hasSize(3);
        assertThat(pictures).allSatisfy(picture -> assertThat(
                        picture.lines().filter(line -> !line.startsWith("web-0001 completed")))
                .hasSizeLessThan(rows)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns)));
        assertThat(ended.out()).endsWith("\u001b[?25h").contains("\u001b[32m");
        Golden.check("watch-" + columns + "x" + rows, String.join("\n----\n", pictures));
    }

    @Test
    void aHostThatCannotBeginIsNamedWithTheReason() {
        shell.on(TestingTerminal.of(100, 30));
        RolloutUpdate.Builder away = SampleRollouts.update(RolloutState.RUNNING).toBuilder();
        away.getRolloutBuilder()
                .getWavesBuilder(1)
                .setHosts(2, HostRun.newBuilder().setHost("web-09").setReason("offline"));
        plane.answer("WatchRollout", away.build(), SampleRollouts.update(RolloutState.COMPLETED_WITH_FAILURES));

        Shell.Ended ended = shell.run("rollout", "watch", "web-0001");

        assertThat(Screen.pictures(ended.out()).getFirst()).contains("· web-09  cannot begin: offline");
    }

    @Test
    void createCanWatchAtOnce() {
        plane.answer("CreateRollout", SampleRollouts.rollout(RolloutState.SCHEDULED));
        plane.answer("WatchRollout", SampleRollouts.update(RolloutState.COMPLETED_WITH_FAILURES));

        Shell.Ended ended = shell.run(
                "rollout",
                "create",
                "web-0001",
                "--playbook",
                "web@7",
                "--param",
                "reboot=never",
                "--hosts",
                "host.labels.role == \"web\"",
                "--window",
                "sunday-night",
                "--wave",
                "1",
                "--wave",
                "50%",
                "--max-concurrent",
                "4",
                "--failure-threshold",
                "1",
                "--soak",
                "15m",
                "--watch");

        assertThat(ended.exitCode()).isEqualTo(4);
        assertThat(plane.asked(CreateRolloutRequest.class).getFirst().getSpec()).isEqualTo(SampleRollouts.spec());
        assertThat(plane.asked(WatchRolloutRequest.class).getFirst().getName()).isEqualTo("web-0001");
    }

    @Test
    void aRolloutThatIsNotThereIsAnErrorAtOnce() {
        plane.refuse("WatchRollout", Status.NOT_FOUND.withDescription("There is no rollout web-1."));

        Shell.Ended ended = shell.run("rollout", "watch", "web-1");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no rollout web-1.", "drydock rollout list");
    }

    @Test
    void aFaultLeavesTheTerminalAsItWas() {
        shell.on(TestingTerminal.of(80, 24));
        plane.hold("WatchRollout", SampleRollouts.update(RolloutState.RUNNING));
        CompletableFuture<Shell.Ended> watching =
                CompletableFuture.supplyAsync(() -> shell.run("rollout", "watch", "web-0001"));
        await().atMost(PATIENCE).until(() -> shell.outSoFar().contains("wave 2"));

        plane.refuse("WatchRollout", Status.NOT_FOUND.withDescription("It was deleted."));
        plane.stop();
        plane.startAgain();

        Shell.Ended ended = watching.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).endsWith("\u001b[?25h");
        assertThat(ended.err()).contains("It was deleted.");
    }

    @Test
    void goesOnOverARestartOfTheController() {
        plane.hold("WatchRollout", SampleRollouts.update(RolloutState.RUNNING, "offered"));
        CompletableFuture<Shell.Ended> watching =
                CompletableFuture.supplyAsync(() -> shell.run("rollout", "watch", "web-0001"));
        await().atMost(PATIENCE).until(() -> shell.outSoFar().contains("offered"));

        plane.stop();
        await().atMost(PATIENCE).until(() -> shell.errSoFar().contains("the rollout goes on, trying again"));
        plane.answer("WatchRollout", SampleRollouts.update(RolloutState.COMPLETED, "patched"));
        plane.startAgain();

        Shell.Ended ended = watching.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("patched");
        assertThat(ended.err().lines()).hasSize(1);
    }

    @Test
    void ctrlCLeavesTheViewAndNotTheRollout() throws Exception {
        plane.hold("WatchRollout", SampleRollouts.update(RolloutState.RUNNING));
        Path out = folder.resolve("out");
        // A shell starts what it puts into the background with Ctrl-C ignored, and children inherit that.
        ProcessBuilder program = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Ddrydock.terminal=",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.drydock.cli.Main",
                        "rollout",
                        "watch",
                        "web-0001")
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        program.environment().putAll(shell.variables);
        Process process = program.start();
        try {
            await().atMost(PATIENCE).until(() -> Files.readString(out).contains("running: 4 hosts"));

            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(Files.readString(out))
                .contains("The rollout goes on. Watch it again with: drydock rollout watch web-0001");
        assertThat(plane.asked(AbortRolloutRequest.class)).isEmpty();
        assertThat(plane.asked(PauseRolloutRequest.class)).isEmpty();
    }
}
