package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * The first distribution of this project, built from its own history: the commit that the resource {@code first-version} names. Once a
 * machine; the script says where it is kept.
 */
public final class FirstVersion {
    private static final int NOT_IN_THIS_CLONE = 3;

    private FirstVersion() {}

    /** The folder of its two folders. Where this clone lacks the history the test that asks is skipped, and the reason printed. */
    public static Path distribution() {
        Path root = Repository.root();
        return distribution(
                commit(root.resolve("e2e/src/test/resources/first-version")), root.resolve("e2e/target/first-version"));
    }

    /** Likewise of another commit, by its whole name. @param into which folder they are put */
    public static Path distribution(String commit, Path into) {
        LabImages.Result built = LabImages.run(List.of(
                "first-version.sh", commit, String.valueOf(Distribution.agent().getParent()), into.toString()));
        String why = LabImages.lastLine(built.stderr());
        if (built.exitCode() == NOT_IN_THIS_CLONE) {
            System.out.println("skipped: " + why);
        }
        Assumptions.assumeTrue(built.exitCode() != NOT_IN_THIS_CLONE, why);
        if (built.exitCode() != 0) {
            throw new IllegalStateException("e2e/lab/first-version.sh failed: " + built.stderr());
        }
        return Path.of(built.stdout().strip());
    }

    private static String commit(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("#"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
