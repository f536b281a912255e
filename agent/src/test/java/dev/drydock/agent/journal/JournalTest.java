package dev.drydock.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("journal");
    }

    @Test
    void keepsEventsInOrderOverReopening() throws Exception {
        try (Journal journal = Journal.create(path)) {
            journal.append(event(1));
            journal.append(event(2));
        }
        try (Journal journal = Journal.open(path)) {
            assertThat(journal.recovered()).containsExactly(event(1), event(2));
            journal.append(event(3));
        }
        assertThat(Journal.read(path)).containsExactly(event(1), event(2), event(3));
    }

    @Test
    void anAppendThatWasCutOffAtAnyByteLeavesExactlyTheEventsBeforeIt() throws Exception {
        write(event(1), event(2));
        int end = used(event(1), event(2));
        byte[] before = Files.readAllBytes(path);
        byte[] frame = Frames.frame(event(3).toByteArray());
        for (int written = 0; written < frame.length; written++) {
            byte[] torn = before.clone();
            System.arraycopy(frame, 0, torn, end, written);
            Files.write(path, torn);
            try (Journal journal = Journal.open(path)) {
                assertThat(journal.recovered()).as("%d bytes written", written).containsExactly(event(1), event(2));
                journal.append(event(3));
            }
            assertThat(Journal.read(path)).as("%d bytes written", written).hasSize(3);
        }
    }

    @Test
    void anAppendWhoseFirstBytesWereNotWrittenIsCutOffToo() throws Exception {
        write(event(1));
        int end = used(event(1));
        byte[] before = Files.readAllBytes(path);
        byte[] frame = Frames.frame(event(2).toByteArray());
        for (int missing = 4; missing < frame.length; missing++) {
            byte[] torn = before.clone();
            System.arraycopy(frame, missing, torn, end + missing, frame.length - missing);
            Files.write(path, torn);
            try (Journal journal = Journal.open(path)) {
                assertThat(journal.recovered())
                        .as("first %d bytes missing", missing)
                        .containsExactly(event(1));
            }
        }
    }

    @Test
    void aFileThatEndsInTheMiddleOfAFrameIsReadUpToIt() throws Exception {
        write(event(1), event(2));
        byte[] all = Files.readAllBytes(path);
        int first = used(event(1));
        int end = used(event(1), event(2));
        for (int length = first; length < end; length++) {
            Files.write(path, Arrays.copyOf(all, length));
            assertThat(Journal.read(path)).as("cut at %d", length).containsExactly(event(1));
        }
    }

    @Test
    void aFlippedBitBeforeTheLastEventIsReportedAndNeverSkipped() throws Exception {
        write(event(1), event(2), event(3));
        byte[] all = Files.readAllBytes(path);
        for (int at = Frames.HEADER; at < used(event(1), event(2)); at++) {
            byte[] damaged = all.clone();
            damaged[at] ^= 0x10;
            Files.write(path, damaged);
            assertThatThrownBy(() -> Journal.open(path))
                    .as("flip at %d", at)
                    .isInstanceOf(CorruptJournalException.class)
                    .hasMessageContaining("damaged at byte");
        }
    }

    @Test
    void anotherFormatVersionIsRefusedByName() throws Exception {
        write(event(1));
        byte[] all = Files.readAllBytes(path);
        all[11] = 2;
        Files.write(path, all);
        assertThatThrownBy(() -> Journal.open(path))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("has format 2, this agent reads format 1");
    }

    @Test
    void aFileThatIsNoJournalIsRefused() throws Exception {
        Files.writeString(path, "hello, this is something else entirely");
        assertThatThrownBy(() -> Journal.read(path)).isInstanceOf(CorruptJournalException.class);
    }

    @Test
    void aGapInTheSequenceIsRefused() throws Exception {
        write(event(1), event(3));
        assertThatThrownBy(() -> Journal.read(path))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("entry 2")
                .hasMessageContaining("sequence 3");
    }

    @Test
    void hasItsSpaceOnDiskBeforeTheFirstEvent() throws Exception {
        Journal.create(path).close();
        assertThat(Files.size(path)).isEqualTo(Journal.RESERVE);
        try (Stream<Path> names = Files.list(directory)) {
            assertThat(names).containsExactly(path);
        }
    }

    @Test
    void growsAheadOfNeedAndGivesTheReserveBackWhenSealed() throws Exception {
        RunEvent large = event(1).toBuilder()
                .setRun(RunTransition.newBuilder().setReason("x".repeat(400_000)))
                .build();
        try (Journal journal = Journal.create(path)) {
            for (int i = 1; i <= 5; i++) {
                journal.append(large.toBuilder().setSequence(i).build());
            }
            assertThat(Files.size(path)).isGreaterThan(2L * Journal.RESERVE);
            journal.seal();
        }
        assertThat(Files.size(path)).isLessThan(2_100_000);
        assertThat(Journal.read(path)).hasSize(5);
    }

    @Test
    void anEventThatIsTooLargeIsRefusedBeforeAnythingIsWritten() throws Exception {
        RunEvent huge = event(1).toBuilder()
                .setRun(RunTransition.newBuilder().setReason("x".repeat(Journal.MAX_EVENT)))
                .build();
        try (Journal journal = Journal.create(path)) {
            assertThatThrownBy(() -> journal.append(huge)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Journal.read(path)).isEmpty();
    }

    @Test
    void anInterruptOfTheWritingThreadDoesNotCloseTheJournal() throws Exception {
        try (Journal journal = Journal.create(path)) {
            Thread.currentThread().interrupt();
            journal.append(event(1));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(event(2));
        }
        assertThat(Journal.read(path)).hasSize(2);
    }

    private void write(RunEvent... events) throws IOException {
        try (Journal journal = Journal.create(path)) {
            for (RunEvent event : events) {
                journal.append(event);
            }
        }
        // Small files keep the properties over every byte fast.
        byte[] all = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(all, 4096));
    }

    private static int used(RunEvent... events) {
        return Frames.HEADER
                + List.of(events).stream()
                        .mapToInt(e -> Frames.FRAME_HEADER + e.getSerializedSize())
                        .sum();
    }

    private static RunEvent event(long sequence) {
        return RunEvent.newBuilder()
                .setSequence(sequence)
                .setRun(RunTransition.newBuilder()
                        .setFrom(RunState.ACCEPTED)
                        .setTo(RunState.PREFLIGHT)
                        .setReason("reason " + sequence))
                .build();
    }
}
