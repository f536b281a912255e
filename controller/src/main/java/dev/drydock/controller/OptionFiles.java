package dev.drydock.controller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that options name. */
final class OptionFiles {
    private OptionFiles() {}

    @FunctionalInterface
    interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** Empty where there is no file, or it cannot be read, which is added to the problems. */
    static <T> Optional<T> read(String option, @Nullable Path file, List<String> problems, Reader<T> reader) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(file));
        } catch (IOException e) {
            problems.add(option + ": " + file + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** For secrets. */
    static String firstLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }
}
