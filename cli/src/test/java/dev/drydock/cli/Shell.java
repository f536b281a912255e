package dev.drydock.cli;

import dev.drydock.cli.client.TlsChannels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/** Where a person or a script calls the program: variables, a terminal or none, and a clock that stands at noon in Tokyo. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    final Map<String, String> variables = new HashMap<>();
    private final Path folder;
    private TestingTerminal terminal = TestingTerminal.NONE;
    private String input = "";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** @param folder for configuration, CA and token */
    Shell(Path folder, TestingManagementPlane plane) {
        this.folder = folder;
        variables.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        variables.put("DRYDOCK_ADDRESS", plane.address());
        variables.put("DRYDOCK_CA", file("ca.crt", plane.ca()).toString());
        variables.put(
                "DRYDOCK_TOKEN_FILE",
                file("token", TestingManagementPlane.TOKEN + "\n").toString());
    }

    /** How a call ended. */
    record Ended(int exitCode, String out, String err) {}

    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path configuration() {
        return folder.resolve("config/drydock");
    }

    Shell on(TestingTerminal person) {
        this.terminal = person;
        return this;
    }

    Shell typing(String text) {
        this.input = text;
        return this;
    }

    /** Standard output up to now, also of a call that goes on. */
    String outSoFar() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String errSoFar() {
        return err.toString(StandardCharsets.UTF_8);
    }

    Ended run(String... arguments) {
        out.reset();
        err.reset();
        Environment environment = new Environment(
                variables,
                terminal,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.fixed(NOW, ZoneId.of("Asia/Tokyo")),
                new TlsChannels());
        int exitCode = Main.run(environment, arguments);
        return new Ended(exitCode, outSoFar(), errSoFar());
    }
}
