package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeeperTest {
    @TempDir
    Path root;

    @TempDir
    Path keep;

    private FileKeeper keeper;

    @BeforeEach
    void open() throws IOException {
        keeper = new FileKeeper(new HostFiles(root.toRealPath()));
    }

    @Test
    void putsBackContentAndMode() throws IOException {
        Path file = write("conf", "old", "rwxr-x---");
        KeptFile kept = keeper.keep("/conf", keep, "copy");
        assertThat(Files.getPosixFilePermissions(keep.resolve("copy")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        write("conf", "new", "rw-r--r--");

        keeper.restore(kept, keep);
        assertThat(file).hasContent("old");
        assertThat(keeper.look("/conf").sameState(kept)).isTrue();
    }

    @Test
    void putsBackAModeAlone() throws IOException {
        Path file = write("conf", "same", "rw-r-----");
        KeptFile kept = keeper.keep("/conf", keep, "copy");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        keeper.restore(kept, keep);
        assertThat(keeper.look("/conf").mode()).isEqualTo(0640);
    }

    @Test
    void putsBackALinkAndDoesNotFollowIt() throws IOException {
        write("target", "untouched", "rw-r--r--");
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("target"));
        KeptFile kept = keeper.keep("/link", keep, "copy");
        Files.delete(link);
        Files.writeString(link, "a file now");

        keeper.restore(kept, keep);
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("target"));
        assertThat(root.resolve("target")).hasContent("untouched");
    }

    @Test
    void whatWasNotThereGoes() throws IOException {
        KeptFile kept = keeper.keep("/conf", keep, "copy");
        write("conf", "new", "rw-r--r--");
        keeper.restore(kept, keep);
        keeper.restore(kept, keep);
        assertThat(Files.exists(root.resolve("conf"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void aDamagedCopyIsNeverPutBack() throws IOException {
        Path file = write("conf", "old", "rw-r--r--");
        KeptFile kept = keeper.keep("/conf", keep, "copy");
        Files.writeString(keep.resolve("copy"), "bad");
        Files.writeString(file, "new");
        assertThatThrownBy(() -> keeper.restore(kept, keep)).hasMessageContaining("damaged");
        assertThat(file).hasContent("new");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        Files.createDirectory(root.resolve("dir"));
        assertThatThrownBy(() -> keeper.keep("/dir", keep, "copy")).hasMessageContaining("neither a regular file");
    }

    @Test
    void writesThroughALinkWithSpecialBits() throws IOException {
        write("target", "old", "rw-r--r--");
        Files.createSymbolicLink(root.resolve("link"), Path.of("/target"));
        KeptFile now = keeper.look("/target");
        keeper.write("/link", "new".getBytes(java.nio.charset.StandardCharsets.UTF_8), now.uid(), now.gid(), 02750);
        assertThat(root.resolve("target")).hasContent("new");
        assertThat(keeper.look("/target").mode()).isEqualTo(02750);
        assertThat(Files.isSymbolicLink(root.resolve("link"))).isTrue();
    }

    private Path write(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(root.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
