package dev.drydock.agent.host.wordpress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapTest {
    @TempDir
    private Path directory;

    private Path staging;
    private Path target;
    private Path fresh;

    @BeforeEach
    void lay() throws IOException {
        staging = Files.createDirectory(directory.resolve("staging"));
        target = Files.createDirectory(directory.resolve("plugin"));
        fresh = Files.createDirectories(directory.resolve("new"));
        Files.writeString(target.resolve("a.php"), "old");
        Files.writeString(target.resolve("only-old.php"), "old");
        Files.writeString(fresh.resolve("a.php"), "new");
        Files.createDirectory(fresh.resolve("sub"));
        Files.writeString(fresh.resolve("sub/b.php"), "new");
        Files.createSymbolicLink(fresh.resolve("link"), Path.of("a.php"));
    }

    @Test
    void aTreeIsReplacedAsAWholeAndBackAgain() throws Exception {
        String old = Trees.digest(target);
        Path kept = directory.resolve("kept");
        Trees.copy(target, kept);
        assertThat(Trees.digest(kept)).isEqualTo(old);

        swap(new Swap.Move(fresh, target));
        assertThat(Trees.digest(target)).isEqualTo(Trees.digest(fresh)).isNotEqualTo(old);
        assertThat(target.resolve("only-old.php")).doesNotExist();

        swap(new Swap.Move(kept, target));
        assertThat(Trees.digest(target)).isEqualTo(old);
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void whatACutOffSwapLeftIsMendedByAnother() throws Exception {
        Path away = Files.createDirectory(staging.resolve("away"));
        Files.move(target, away.resolve("0"));
        Files.createDirectories(staging.resolve("fresh/0/half"));

        swap(new Swap.Move(fresh, target));
        assertThat(Trees.digest(target)).isEqualTo(Trees.digest(fresh));
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void whereNothingWasNothingIsAgain() throws Exception {
        Path file = directory.resolve("wp-new.php");
        Files.writeString(file, "new");
        swap(new Swap.Move(directory.resolve("not-there"), file));
        assertThat(file).doesNotExist();
        assertThat(Trees.digest(file)).isEmpty();
    }

    @Test
    void aDigestTellsModesAndNames() throws IOException {
        String before = Trees.digest(target);
        Files.setAttribute(target.resolve("a.php"), "unix:mode", 0600);
        String mode = Trees.digest(target);
        Files.move(target.resolve("a.php"), target.resolve("c.php"));
        assertThat(List.of(before, mode, Trees.digest(target))).doesNotHaveDuplicates();
    }

    private void swap(Swap.Move move) throws Exception {
        new Swap(new LocalCommands(new HostFiles(Path.of("/"))), staging)
                .all(List.of(move), Job.quiet(Duration.ofSeconds(20)));
    }
}
