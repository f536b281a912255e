package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    /** A device of Linux on which there is never any room. */
    private static final Path FULL = Path.of("/dev/full");

    /** Its first part is put back in the 42nd second. */
    private static final SimStep FAILS = SimStep.of("a", Fault.VERIFY).taking(Duration.ofSeconds(12));

    @Test
    void aWayBackThatFindsTheDiskFullIsTriedAgainUntilThereIsRoom() throws Exception {
        Simulation.Story story = fullFrom(Duration.ofSeconds(27), Duration.ofMinutes(4));
        assertThat(story.outcome()).as("%s", story).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.host().state()).isEqualTo(story.before());
    }

    @Test
    void untilItsTimeIsOver() throws Exception {
        Simulation.Story story = fullFrom(Duration.ofSeconds(27), Duration.ofHours(1));
        assertThat(story.outcome()).as("%s", story).isEqualTo(RunState.ROLLBACK_FAILED);
        assertThat(story.reason()).contains("No space left on device");
    }

    @Test
    void whateverAnActionMakesOfItCanBeTriedAgain() throws Exception {
        assertThat(retryable(FullDiskTest::writeTooMuch)).isTrue();
        assertThat(retryable(() -> {
                    try {
                        writeTooMuch();
                    } catch (IOException e) {
                        throw new ActionException("the old file cannot be put back", e);
                    }
                }))
                .isTrue();
        assertThat(retryable(() -> {
                    try {
                        writeTooMuch();
                    } catch (IOException e) {
                        throw new UncheckedIOException("somewhere in a stream", e);
                    }
                }))
                .isTrue();
        assertThat(retryable(() -> {
                    throw new ActionException("cp failed", false, OptionalInt.of(1), printedByCp(), null);
                }))
                .isTrue();
    }

    @Test
    void whatElseGoesWrongWithFilesIsFinal() throws Exception {
        assertThat(retryable(() -> Files.readAllBytes(Path.of("/nowhere/at/all"))))
                .isFalse();
        assertThat(retryable(() -> {
                    throw new ActionException("the kept copy is damaged");
                }))
                .isFalse();
    }

    private static Simulation.Story fullFrom(Duration at, Duration lasts) throws Exception {
        FaultPlan plan = new FaultPlan(List.of(Strike.atTime(dev.drydock.agent.run.Fault.DISK_FULL, at, lasts)));
        return Simulation.struck(Scenario.of(FAILS), plan, new Random(1)).tell();
    }

    private static void writeTooMuch() throws IOException {
        Files.write(FULL, new byte[] {1}, StandardOpenOption.WRITE);
    }

    private static String printedByCp() throws IOException, InterruptedException {
        ProcessBuilder cp = new ProcessBuilder("cp", "/proc/self/status", FULL.toString()).redirectErrorStream(true);
        cp.environment().put("LC_ALL", "C");
        Process process = cp.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return printed;
    }

    /** A call without an answer. */
    private interface Call {
        void run() throws ActionException, IOException, InterruptedException;
    }

    private static boolean retryable(Call call) throws Exception {
        Attempt<String> attempt = Attempt.of(() -> {
            call.run();
            return "done";
        });
        assertThat(attempt).isInstanceOf(Attempt.Failed.class);
        return attempt instanceof Attempt.Failed<String> failed && failed.retryable();
    }
}
