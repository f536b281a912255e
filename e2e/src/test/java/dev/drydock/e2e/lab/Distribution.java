package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packed programs, as the build of module {@code dist} left them: what a user would run. */
public final class Distribution {
    private Distribution() {}

    public static Path program(String name) {
        return existing(Repository.root().resolve("dist/target/drydock/bin").resolve(name));
    }

    /** The folder that hosts get. */
    public static Path agent() {
        return existing(Repository.root().resolve("dist/target/drydock-agent"));
    }

    /** Packages of the build, where it has made any. @param pattern of their names */
    public static List<Path> packages(String pattern) {
        Path folder = Repository.root().resolve("dist/target/packages");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The folder of packages. */
    public static Path packages() {
        return existing(Repository.root().resolve("dist/target/packages"));
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is not there; build it with: make package");
        }
        return path;
    }
}
