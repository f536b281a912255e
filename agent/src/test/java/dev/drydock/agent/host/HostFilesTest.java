package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFilesTest {
    @TempDir
    Path directory;

    private Path root;
    private HostFiles files;

    @BeforeEach
    void aRootBesideASecret() throws IOException {
        Files.writeString(directory.resolve("secret"), "of the machine");
        root = Files.createDirectory(directory.toRealPath().resolve("root"));
        files = new HostFiles(root);
        Files.createDirectories(root.resolve("etc/app"));
    }

    @ParameterizedTest
    @CsvSource({"../secret,/etc/link", "../../../../secret,/etc/link", "/../secret,/etc/link", "/secret,/etc/link"})
    void aLinkNeverLeadsOutOfTheRoot(String target, String path) throws IOException {
        Files.createSymbolicLink(root.resolve("etc/link"), Path.of(target));
        assertThat(files.resolve(path)).isEqualTo(root.resolve("secret"));
        assertThat(files.read(path)).isEmpty();
    }

    @Test
    void aLinkedDirectoryIsFollowedInsideTheRoot() throws IOException {
        Files.createSymbolicLink(root.resolve("bin"), Path.of("/etc/app"));
        Files.createSymbolicLink(root.resolve("etc/up"), Path.of("../.."));
        assertThat(files.resolve("/bin/x")).isEqualTo(root.resolve("etc/app/x"));
        assertThat(files.resolve("/etc/up/secret")).isEqualTo(root.resolve("secret"));
        assertThat(files.resolve("/../../secret")).isEqualTo(root.resolve("secret"));
    }

    @Test
    void theLinkItselfIsWhatIsAskedFor() throws IOException {
        Files.createSymbolicLink(root.resolve("etc/link"), Path.of("app"));
        assertThat(files.resolveLink("/etc/link")).isEqualTo(root.resolve("etc/link"));
        assertThat(files.exists("/etc/link")).isTrue();
        assertThat(files.resolve("/etc/link")).isEqualTo(root.resolve("etc/app"));
    }

    @Test
    void linksInACircleAreAnError() throws IOException {
        Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
        assertThatThrownBy(() -> files.resolve("/a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too many");
    }

    @Test
    void aRelativePathIsAnError() {
        assertThatThrownBy(() -> files.resolve("etc/passwd")).hasMessageContaining("not absolute");
    }

    @Test
    void readsTextThatIsThere() throws IOException {
        Files.writeString(root.resolve("etc/app/conf"), "größer");
        assertThat(files.read("/etc/app/conf")).hasValue("größer");
        assertThat(files.read("/etc/app")).isEmpty();
    }
}
