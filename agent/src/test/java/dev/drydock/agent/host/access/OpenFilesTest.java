package dev.drydock.agent.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    @TempDir
    Path root;

    @BeforeEach
    void aTree() throws Exception {
        mode(Files.createDirectories(root.resolve("srv/site/cache/deep")), 0777);
        mode(root.resolve("srv/site/cache"), 01777);
        mode(Files.writeString(root.resolve("srv/site/index.php"), "x"), 0646);
        mode(Files.writeString(root.resolve("srv/site/fine.php"), "x"), 0644);
        mode(Files.writeString(root.resolve("outside"), "x"), 0666);
        Files.createSymbolicLink(root.resolve("srv/site/link"), root.resolve("outside"));
    }

    @Test
    void findsWhatEveryUserMayWrite() throws Exception {
        OpenFiles.Seen seen = find(100, List.of());

        assertThat(seen.open()).containsExactly("/srv/site/cache/deep", "/srv/site/index.php");
        assertThat(seen.looked()).isEqualTo(5);
    }

    @Test
    void leavesOutWhatIsIgnored() throws Exception {
        assertThat(find(100, List.of("/srv/*/cache", "index.*")).open()).isEmpty();
    }

    @Test
    void moreThanIsLookedAtIsNoSilence() {
        assertThatThrownBy(() -> find(3, List.of()))
                .hasMessageContaining("there are more than 3 files below /srv/site");
        assertThatThrownBy(() -> new OpenFiles(new HostFiles(root), 3, List.of()).find(List.of("/nowhere")))
                .hasMessage("there is no /nowhere");
    }

    private OpenFiles.Seen find(int most, List<String> ignored) throws Exception {
        return new OpenFiles(new HostFiles(root), most, ignored).find(List.of("/srv/site"));
    }

    private static void mode(Path path, int mode) throws Exception {
        Files.setAttribute(path, "unix:mode", mode);
    }
}
