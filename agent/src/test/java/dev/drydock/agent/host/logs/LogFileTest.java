package dev.drydock.agent.host.logs;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.logs.LogFile.Mark;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path root;

    private Path file;

    @BeforeEach
    void aLog() throws Exception {
        Files.createDirectories(root.resolve("var/log"));
        file = Files.writeString(root.resolve("var/log/app.log"), "one\ntwo\n");
    }

    @Test
    void onlyWhatCameAfterTheMark() throws Exception {
        Mark end = log().end();
        Files.writeString(file, "three\nfour without an end", APPEND);

        assertThat(since(end)).containsExactly("three", "four without an end");
    }

    @Test
    void aRotatedFileIsFollowed() throws Exception {
        Mark end = log().end();
        Files.writeString(file, "three\n", APPEND);
        Files.move(file, root.resolve("var/log/app.log.1"));
        Files.writeString(file, "four\n");

        assertThat(since(end)).containsExactly("three", "four");
    }

    @Test
    void soIsOneThatWasRotatedTwiceAndCompressed() throws Exception {
        Mark end = log().end();
        Path old = root.resolve("var/log/app.log.2.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(old))) {
            out.write("one\ntwo\nthree\n".getBytes());
        }
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(60)));
        Path newer = Files.writeString(root.resolve("var/log/app.log.1"), "four\n");
        Files.setLastModifiedTime(newer, FileTime.from(NOW));
        Files.delete(file);
        Files.writeString(file, "five\n");

        assertThat(since(end)).containsExactly("three", "four", "five");
    }

    @Test
    void aCopyThatWasMadeBeforeTheFileWasEmptiedIsFollowed() throws Exception {
        Mark end = log().end();
        Files.writeString(root.resolve("var/log/app.log-20261128"), "one\ntwo\nthree\n");
        Files.writeString(file, "four, and more than there was\n");

        assertThat(since(end)).containsExactly("three", "four, and more than there was");
    }

    @Test
    void whatWasLostIsNoSilence() throws Exception {
        Mark end = log().end();
        Files.writeString(file, "another\n");

        assertThatThrownBy(() -> since(end))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("was rotated, and what was written before that is not to be found");
    }

    @Test
    void moreThanIsLookedAtIsNoSilenceEither() throws Exception {
        Mark end = log().end();
        Files.writeString(file, "x".repeat(100), APPEND);

        assertThatThrownBy(() -> new LogFile(new HostFiles(root), "/var/log/app.log", 50).since(end, line -> {}))
                .hasMessageContaining("more than 50 bytes");
    }

    @Test
    void aFileThatWasNotThereIsReadAsAWhole() throws Exception {
        Files.delete(file);
        Mark end = log().end();
        assertThat(end).isEqualTo(Mark.NOTHING);
        Files.writeString(file, "one\n");

        assertThat(since(end)).containsExactly("one");
    }

    @Test
    void whatWasWrittenLatelyByTheTimesOfTheLines() throws Exception {
        Files.writeString(file, """
                2026-11-28T11:40:00Z old
                  at an old place
                2026-11-28T11:55:00Z new
                  at a new place
                """);
        Path old = Files.writeString(root.resolve("var/log/app.log.1"), "2026-11-28T11:52:00Z before the rotation\n");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(480)));

        assertThat(lately())
                .containsExactly(
                        "2026-11-28T11:52:00Z before the rotation", "2026-11-28T11:55:00Z new", "  at a new place");
    }

    @Test
    void withoutTimesNothingCanBeSaid() {
        assertThatThrownBy(this::lately).hasMessageContaining("no line of /var/log/app.log begins with a time");
    }

    private LogFile log() {
        return new LogFile(new HostFiles(root), "/var/log/app.log");
    }

    private List<String> since(Mark mark) throws Exception {
        List<String> lines = new ArrayList<>();
        log().since(mark, lines::add);
        return lines;
    }

    private List<String> lately() throws Exception {
        List<String> lines = new ArrayList<>();
        log().since(NOW.minusSeconds(600), new LogTime(ZoneOffset.UTC, NOW), lines::add);
        return lines;
    }
}
