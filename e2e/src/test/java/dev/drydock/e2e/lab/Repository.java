package dev.drydock.e2e.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the working copy lies: the directory with the root pom and the lab's scripts, found upwards from the working directory. */
public final class Repository {
    private Repository() {}

    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            if (Files.isExecutable(dir.resolve("e2e/lab/engine.sh"))) {
                return dir;
            }
        }
        throw new IllegalStateException(
                "no e2e/lab/engine.sh in " + start + " or above; run the tests in the working copy");
    }
}
