package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept on disk is bounded, and what is unreadable of it does no harm. */
class KeptDataTest {
    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();

    @Test
    void keepsSoManyPastRunsAndForgetsTheOldestFirst() throws Exception {
        PastRuns past = new PastRuns(time);
        for (int i = 0; i < PastRuns.MAX_RUNS + 5; i++) {
            past.add(ended("r" + i, ManualTime.START.plusSeconds(i), ManualTime.START, RunState.SUCCEEDED));
        }
        time.pass(Duration.ofHours(1));
        past.sweep();
        for (int i = 0; i < PastRuns.MAX_RUNS + 5; i++) {
            assertThat(past.has("r" + i)).as("run %d", i).isEqualTo(i >= 5);
            assertThat(Files.exists(directory.resolve("r" + i))).isEqualTo(i >= 5);
        }
    }

    @Test
    void keepsAPastRunWhileItCouldBeOfferedAgainHoweverOld() throws Exception {
        PastRuns past = new PastRuns(time);
        Instant closes = ManualTime.START.plus(PastRuns.MAX_AGE).plus(Duration.ofDays(10));
        past.add(ended("r", ManualTime.START, closes, RunState.SUCCEEDED));
        time.pass(PastRuns.MAX_AGE.plusDays(1));
        past.sweep();
        assertThat(past.has("r")).isTrue();
        time.pass(Duration.ofDays(10));
        past.sweep();
        assertThat(past.has("r")).isFalse();
    }

    @Test
    void whatIsKeptForTheWayBackGoesExceptWhereAPersonMayNeedIt() throws Exception {
        PastRuns past = new PastRuns(time);
        RunEntry good = ended("good", ManualTime.START, ManualTime.START, RunState.SUCCEEDED);
        RunEntry bad = ended("bad", ManualTime.START, ManualTime.START, RunState.ROLLBACK_FAILED);
        past.add(good);
        past.add(bad);
        assertThat(good.files().steps()).doesNotExist();
        assertThat(bad.files().steps()).exists();
    }

    @Test
    void aMarkerThatMakesNoSenseCountsAsOfToday() throws Exception {
        RunFiles files = new RunFiles(Files.createDirectory(directory.resolve("r")));
        Files.writeString(files.delivered(), "???");
        PastRuns past = new PastRuns(time);
        past.load("r", files);
        past.sweep();
        assertThat(past.has("r")).isTrue();
    }

    @Test
    void remembersTheLatestRefusalsAndNoMore() throws Exception {
        Path file = directory.resolve("refused");
        Refusals refusals = new Refusals(file);
        for (int i = 0; i <= Refusals.MAX; i++) {
            refusals.add(OfferReply.newBuilder()
                    .setRunId("r" + i)
                    .setReason("no " + i)
                    .build());
        }
        Refusals again = new Refusals(file);
        again.load();
        assertThat(again.of("r0")).isEmpty();
        assertThat(again.of("r1").orElseThrow().getReason()).isEqualTo("no 1");
        assertThat(again.of("r" + Refusals.MAX)).isPresent();
    }

    @Test
    void refusalsThatCannotBeReadAreForgotten() throws Exception {
        Path file = directory.resolve("refused");
        Refusals refusals = new Refusals(file);
        refusals.add(OfferReply.newBuilder().setRunId("r").build());
        Files.write(file, new byte[] {3, 10, 1, 'x', 90, 1, 2}, java.nio.file.StandardOpenOption.APPEND);
        Refusals again = new Refusals(file);
        again.load();
        assertThat(again.of("r")).isPresent();
    }

    @Test
    void theOutputOfARunIsCutOffWithANoteAndStaysSoWhenItIsOpenedAgain() throws Exception {
        AtomicInteger news = new AtomicInteger();
        Path file = directory.resolve("output.log");
        byte[] ten = "0123456789".getBytes(StandardCharsets.US_ASCII);
        try (OutputLog output = new OutputLog(file, 25, news::incrementAndGet)) {
            output.write(ten, 0, 10);
            output.write(ten, 2, 3);
            assertThat(output.read(8, 100)).asString().isEqualTo("89234");
            output.write(ten, 0, 10);
            output.write(ten, 0, 10);
            output.write(ten, 0, 10);
        }
        assertThat(Files.readString(file))
                .isEqualTo("0123456789" + "234" + "0123456789" + "01"
                        + "\n[output cut off at 25 bytes; the run goes on]\n");
        assertThat(news).hasValue(4);
        long size = Files.size(file);
        try (OutputLog output = new OutputLog(file, 25, () -> {})) {
            output.write(ten, 0, 10);
            assertThat(output.size()).isEqualTo(size);
        }
    }

    @Test
    void timeGoesOnOverARestartByTheTimeSinceBoot() throws Exception {
        Path file = directory.resolve("clock");
        RunClock first = RunClock.startingAt(time.wall(), time);
        first.file("boot-1").orElseThrow().write(file);
        time.pass(Duration.ofMinutes(7));
        time.setWallOff(Duration.ofHours(-3));
        Instant expected = ManualTime.START.plus(Duration.ofMinutes(7));
        assertThat(RunClock.resumed(ClockFile.read(file), "boot-1", ManualTime.START, time)
                        .now())
                .isEqualTo(expected);
        assertThat(RunClock.resumed(ClockFile.read(file), "boot-2", ManualTime.START, time)
                        .now())
                .as("booted with a clock that is behind: nothing is earlier than what is on record")
                .isEqualTo(ManualTime.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "boot-1", "boot-1 x y", "boot-1 PT1S", "boot-1 PT1S 2026-11-24T01:00:00Z more"})
    void aClockFileThatMakesNoSenseIsNone(String text) throws Exception {
        Path file = directory.resolve("clock");
        Files.writeString(file, text);
        assertThat(ClockFile.read(file)).isEmpty();
    }

    @Test
    void readsTheKernelsUptime() {
        assertThat(Uptime.parse("350735.47 234388.90\n")).contains(Duration.ofMillis(350_735_470));
        assertThat(Uptime.parse("")).isEqualTo(Optional.empty());
        assertThat(Uptime.parse("x y")).isEqualTo(Optional.empty());
    }

    private RunEntry ended(String id, Instant at, Instant closes, RunState outcome) throws IOException {
        RunFiles files = new RunFiles(Files.createDirectories(directory.resolve(id)));
        Files.createDirectories(files.steps());
        RunEntry entry = new RunEntry(id, files, at);
        RunEvent accepted = event(1, at)
                .setAccepted(Accepted.newBuilder()
                        .setOffer(Offer.newBuilder().setRunId(id).setWindowCloses(Instants.of(closes))))
                .build();
        List<RunState> path = List.of(RunState.ACCEPTED, RunState.PREFLIGHT, RunState.RUNNING);
        RunSnapshot run = RunFold.apply(RunSnapshot.NONE, accepted);
        for (int i = 1; i < path.size(); i++) {
            run = RunFold.apply(
                    run,
                    event(i + 1, at)
                            .setRun(RunTransition.newBuilder()
                                    .setFrom(path.get(i - 1))
                                    .setTo(path.get(i)))
                            .build());
        }
        entry.loaded(RunFold.apply(
                run,
                event(4, at)
                        .setResult(RunResult.newBuilder().setOutcome(outcome))
                        .build()));
        return entry;
    }

    private static RunEvent.Builder event(long sequence, Instant at) {
        return RunEvent.newBuilder().setSequence(sequence).setAt(Instants.of(at));
    }
}
