package dev.drydock.controller.agents.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunOutputFilesTest {
    private static final long LIMIT = 10_000;

    @TempDir
    Path directory;

    private RunOutputFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new RunOutputFiles(directory.resolve("output"), LIMIT);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private long write(String runId, long offset, String text) {
        return files.write(runId, offset, ByteString.copyFromUtf8(text)).join();
    }

    @Test
    void isReadInPieces() throws IOException {
        assertThat(files.read("r-1", 0, 10)).isEmpty();
        assertThat(files.size("r-1")).isZero();
        assertThat(write("r-1", 0, "hello ")).isEqualTo(6);
        assertThat(write("r-1", 6, "world")).isEqualTo(11);
        assertThat(new String(files.read("r-1", 0, 100), StandardCharsets.UTF_8))
                .isEqualTo("hello world");
        assertThat(new String(files.read("r-1", 4, 3), StandardCharsets.UTF_8)).isEqualTo("o w");
        assertThat(files.read("r-1", 11, 3)).isEmpty();
        assertThat(files.read("r-1", 99, 3)).isEmpty();
        assertThat(files.size("r-1")).isEqualTo(11);
        assertThatThrownBy(() -> files.read("r-1", -1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        write("r-1", 0, "secretive");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("output"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("output/r-1.log"))))
                .isEqualTo("rw-------");
    }

    @Test
    void noIdLeadsElsewhere() {
        for (String bad :
                new String[] {"", ".", "..", "../x", "a/b", "/etc/passwd", ".hidden", "a\0b", "x".repeat(129)}) {
            assertThat(RunOutputFiles.isRunId(bad)).isFalse();
            assertThatThrownBy(() -> files.write(bad, 0, ByteString.copyFromUtf8("x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> files.read(bad, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(RunOutputFiles.isRunId("01JD-7f_3.a")).isTrue();
    }

    @Test
    void manyRunsAtOnceKeepApart() throws IOException {
        Random random = new Random(11);
        List<CompletableFuture<Long>> writes = new ArrayList<>();
        List<ByteArrayOutputStream> expected = new ArrayList<>();
        for (int run = 0; run < 20; run++) {
            expected.add(new ByteArrayOutputStream());
        }
        for (int piece = 0; piece < 1_000; piece++) {
            int run = random.nextInt(20);
            byte[] bytes = new byte[1 + random.nextInt(50)];
            random.nextBytes(bytes);
            writes.add(files.write("r-" + run, expected.get(run).size(), ByteString.copyFrom(bytes)));
            expected.get(run).write(bytes);
        }
        writes.forEach(CompletableFuture::join);
        for (int run = 0; run < 20; run++) {
            assertThat(files.read("r-" + run, 0, 100_000))
                    .isEqualTo(expected.get(run).toByteArray());
        }
    }

    @Test
    void oneFileThatCannotBeWrittenDoesNotHarmTheOthers() throws IOException {
        Files.createDirectory(directory.resolve("output/r-bad.log"));
        CompletableFuture<Long> bad = files.write("r-bad", 0, ByteString.copyFromUtf8("x"));
        assertThat(write("r-good", 0, "fine")).isEqualTo(4);
        assertThatThrownBy(bad::join)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("cannot be written below");
    }

    @Test
    void followersHearOfGrowthUntilTheyClose() {
        AtomicInteger heard = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        try (var broken = files.follow("r-1", () -> {
                    throw new IllegalStateException("a bad follower");
                });
                var following = files.follow("r-1", heard::incrementAndGet);
                var other = files.follow("r-2", others::incrementAndGet)) {
            write("r-1", 0, "a");
            await().untilAtomic(heard, org.hamcrest.Matchers.equalTo(1));
            write("r-1", 1, "b");
            await().untilAtomic(heard, org.hamcrest.Matchers.equalTo(2));
            assertThat(others).hasValue(0);
        }
        write("r-1", 2, "c");
        assertThat(heard).hasValue(2);
    }

    @Test
    void whatIsQueuedAtTheEndIsWrittenAndNothingAfterIt() throws IOException {
        CompletableFuture<Long> queued = files.write("r-1", 0, ByteString.copyFromUtf8("last"));
        files.close();
        assertThat(queued).isCompletedWithValue(4L);
        assertThatThrownBy(() -> write("r-1", 4, "more")).hasMessageContaining("stopping");
        assertThat(files.size("r-1")).isEqualTo(4);
    }
}
