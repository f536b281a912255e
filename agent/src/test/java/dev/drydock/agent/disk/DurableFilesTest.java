package dev.drydock.agent.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path directory;

    @Test
    void whatCannotBePutInPlaceLeavesNothingBehind() throws IOException {
        Path file = directory.resolve("durations");
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> DurableFiles.replace(file, new byte[] {1})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> DurableFiles.replaceUnsynced(file, new byte[] {1}))
                .isInstanceOf(IOException.class);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void replacesWhatWasThereAndWhatADeathLeft() throws IOException {
        Path file = directory.resolve("durations");
        Files.writeString(file, "old");
        Files.writeString(directory.resolve("durations.new"), "half");

        DurableFiles.replace(file, "new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(file).hasContent("new");
        assertThat(directory.resolve("durations.new")).doesNotExist();
    }
}
