package dev.drydock.e2e.packages;

import dev.drydock.e2e.lab.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packages that the build left, and such of a version that follows. */
final class Packages {
    private static final String TIME = "2026-11-23T00:00:00Z";

    private Packages() {}

    static Path built() {
        return Distribution.packages();
    }

    /** The one file of these whose name begins and ends so. */
    static Path file(Path folder, String begins, String ends) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(begins)
                            && file.toString().endsWith(ends))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + begins + "…" + ends + " in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packages of the agent that call themselves another version, made by the program that the build makes its packages with. */
    static Path agentOf(String version, Path out) {
        Path target = Objects.requireNonNull(Distribution.packages().getParent());
        try {
            Process packager = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            Files.readString(target.resolve("packager.classpath")),
                            "dev.drydock.dist.packaging.Packages",
                            target.toString(),
                            target.resolveSibling("src/main").toString(),
                            version,
                            TIME,
                            out.toString(),
                            "drydock-agent"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            out.resolveSibling(out.getFileName() + ".log").toFile())
                    .start();
            if (!packager.waitFor(3, TimeUnit.MINUTES) || packager.exitValue() != 0) {
                throw new IllegalStateException(
                        "the packager failed: " + Files.readString(out.resolveSibling(out.getFileName() + ".log")));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
