package dev.drydock.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.ssh.Remote;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By the real shell of this machine. */
class ShellTest {
    @TempDir
    private Path folder;

    private static String run(String command, String path, Remote.Input input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().put("PATH", path);
        Process process = builder.start();
        try (InputStream from = input.open();
                OutputStream to = process.getOutputStream()) {
            from.transferTo(to);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String path() {
        return System.getenv("PATH");
    }

    @Property(tries = 30)
    void whateverIsQuotedIsOneWord(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 40) String text)
            throws IOException {
        assertThat(run("printf %s " + Shell.quote(text), path(), Remote.Input.NOTHING))
                .isEqualTo(text);
    }

    @Test
    void asRootTheScriptReadsWhatItIsToRead() throws IOException {
        assertThat(run(Elevation.ROOT.command("cat"), path(), Elevation.ROOT.input(() -> in("a\nb"))))
                .isEqualTo("a\nb");
    }

    /** Whether sudo reads the password or needs none, the script reads what it is to read, and never the password. */
    @ParameterizedTest
    @ValueSource(strings = {"read -r password", ":"})
    void aPasswordNeverReachesTheScript(String reading) throws IOException {
        // The shell reads as sudo does: a byte at a time, so that nothing behind the line is taken.
        Path sudo = Files.writeString(
                folder.resolve("sudo"),
                "#!/bin/sh\n" + reading + "\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
        assertThat(sudo.toFile().setExecutable(true)).isTrue();
        Elevation elevation = new Elevation(true, Optional.of("hunter2"));

        assertThat(elevation.command("cat")).doesNotContain("hunter2");
        assertThat(run(elevation.command("cat"), folder + ":" + path(), elevation.input(() -> in("the token\n"))))
                .isEqualTo("the token\n");
    }

    @Test
    void theScriptThatLooksTellsOfThisMachine() throws IOException {
        String script = Shell.script("look.sh", Map.of("controller_host", "127.0.0.1", "controller_port", "1"));

        Sight seen = Sight.parse(run(script, path(), Remote.Input.NOTHING));

        assertThat(seen.arch()).isEqualTo(Parcel.arch(System.getProperty("os.arch")));
        assertThat(seen.free("opt")).isPresent();
        assertThat(seen.get("clock")).matches("\\d+");
        assertThat(seen.get("reach")).isIn("connection refused", "");
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
