package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files that commands read and write, with errors that an operator can act on. */
final class LocalFiles {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private LocalFiles() {}

    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    @FunctionalInterface
    interface Doing {
        void run() throws IOException;
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw CliException.usage(
                    "'" + name + "' is no name for a key.",
                    "Take letters, digits, '.', '_' and '-', at most 63, for example ops-2026.");
        }
    }

    static void requireAbsent(Path file) {
        if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
    }

    private static CliException exists(Path file) {
        return CliException.refused(file + " exists already.", "Take another name, or move the file away first.");
    }

    static <T> T reading(String verb, Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (NoSuchFileException e) {
            throw CliException.failed(
                    "Cannot " + verb + " " + file + ": there is no such file or folder.", "Check the path.");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw CliException.failed("Cannot " + verb + " " + file + ": " + why + ".", "");
        }
    }

    static void doing(String verb, Path file, Doing doing) {
        boolean unused = reading(verb, file, () -> {
            doing.run();
            return true;
        });
    }

    /**
     * Something that nobody may see: the first line of a file, the next line of standard input where the file is {@code -}, and
     * what is typed without echo where none was given.
     */
    static String secret(App app, String option, @Nullable String file, String prompt) {
        if (file == null) {
            return app.askSecret(prompt, option);
        }
        String line = file.equals("-")
                ? app.readLine()
                : reading("read", Path.of(file), () -> Files.readString(Path.of(file), StandardCharsets.UTF_8))
                        .lines()
                        .findFirst()
                        .orElse("");
        if (line.isEmpty()) {
            throw CliException.usage(option + ": " + file + " is empty.", "Its first line is what is asked for.");
        }
        return line;
    }

    /** The first line; empty where no file was given. The caller clears it. */
    static char[] passphrase(App app, @Nullable String file) {
        if (file == null) {
            return new char[0];
        }
        Path path = Path.of(file);
        String text = reading(
                "read",
                path,
                () -> file.equals("-") ? app.readInput() : Files.readString(path, StandardCharsets.UTF_8));
        String line = text.lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw CliException.usage(
                    "The passphrase in " + file + " is empty.", "Leave --passphrase-file out for none.");
        }
        return line.toCharArray();
    }
}
