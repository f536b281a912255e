package dev.drydock.e2e.lab;

import java.nio.file.Files;
import java.nio.file.Path;

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

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is not there; build it with: make package");
        }
        return path;
    }
}
