package dev.drydock.e2e.journey;

import dev.drydock.e2e.fleet.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What somebody typed and saw on a journey, kept under {@code e2e/target/journeys} for people to read. */
final class Transcript {
    private final Cli cli;
    private final Path file;

    Transcript(Cli cli, String journey) {
        this.cli = cli;
        this.file = Path.of("target", "journeys", journey + ".txt");
        try {
            Files.createDirectories(Path.of("target", "journeys"));
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void says(String what) {
        write("# " + what + "\n\n");
    }

    /** Runs a command that succeeds. */
    String types(String... arguments) {
        String said = cli.ok(arguments);
        StringBuilder typed = new StringBuilder("$ drydock");
        for (String argument : arguments) {
            typed.append(' ').append(argument.matches("[\\w.,%/:=-]+") ? argument : "'" + argument + "'");
        }
        write(typed + "\n" + said + "\n\n");
        return said;
    }

    private void write(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
