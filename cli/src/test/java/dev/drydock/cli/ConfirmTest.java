package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.client.TlsChannels;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfirmTest {
    /** Standard output is buffered in the program as it is shipped. */
    @Test
    void whatIsAskedAboutIsOnTheScreenBeforeTheQuestion() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(new BufferedOutputStream(screen), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(screen, true, StandardCharsets.UTF_8);
        InputStream yes = new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8));
        App app = new App(new Environment(
                Map.of(), TestingTerminal.of(80, 24), yes, out, err, Clock.systemUTC(), new TlsChannels()));

        out.println("+ create  Window sunday-night");
        app.confirm(false, "Do this?");

        assertThat(screen.toString(StandardCharsets.UTF_8)).isEqualTo("+ create  Window sunday-night\nDo this? [y/N] ");
    }
}
