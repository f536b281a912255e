package dev.drydock.e2e.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The container engine and the images of the lab's hosts, by the scripts in {@code e2e/lab}. Asked once a process; both
 * scripts change nothing when all is there.
 */
final class LabImages {
    private static final Path SCRIPTS = Repository.root().resolve("e2e/lab");
    private static final Result ENGINE = run(List.of("engine.sh"));

    private LabImages() {}

    /** Why there is no engine; empty when there is one. */
    static Optional<String> whyNoEngine() {
        return ENGINE.exitCode() == 0 ? Optional.empty() : Optional.of(lastLine(ENGINE.stderr()));
    }

    /** Debian with pending updates and no agent. */
    static String base() {
        return script(List.of("image.sh", "base"));
    }

    /** The same with the agent's distribution. */
    static String host(Path agentDistribution) {
        return script(List.of("image.sh", "host", agentDistribution.toString()));
    }

    /** As {@link #host}, with PHP-FPM, MariaDB and PostgreSQL. */
    static String web(Path agentDistribution) {
        return script(List.of("image.sh", "web", agentDistribution.toString()));
    }

    /** As {@link #web}, with what is needed to make a WordPress site on it. */
    static String wordpress(Path agentDistribution) {
        return script(List.of("image.sh", "wordpress", agentDistribution.toString()));
    }

    /** A host that lives by rpm, with nginx, Redis and MariaDB in packages of rpm, and the agent's distribution. */
    static String rpmHost(Path agentDistribution) {
        return script(List.of("image.sh", "rpm-host", agentDistribution.toString()));
    }

    /** An archive of a root directory that lives by rpm. */
    static Path rpmTree() {
        return Path.of(script(List.of("image.sh", "rpm")));
    }

    /** The class path of a server that speaks S3. */
    static String s3ClassPath() {
        return script(List.of("s3.sh"));
    }

    /** A host that lives by rpm, without an agent. */
    static String rpmBase() {
        return script(List.of("image.sh", "rpm-base"));
    }

    /** A directory with these packages and all that {@link #base} lacks for them. */
    static Path debs(String name, String... packages) {
        return debsBeside(base(), name, packages);
    }

    /** Likewise for hosts of another image. @param name of the lot, of that image alone */
    static Path debsBeside(String image, String name, String... packages) {
        List<String> command = new ArrayList<>(List.of("debs.sh", name, image));
        command.addAll(List.of(packages));
        return Path.of(script(command));
    }

    static String script(List<String> command) {
        Result result = run(command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(
                    "e2e/lab/" + String.join(" ", command) + " failed: " + lastLine(result.stderr()));
        }
        return result.stdout().strip();
    }

    static Result run(List<String> command) {
        List<String> absolute = new ArrayList<>(command);
        absolute.set(0, SCRIPTS.resolve(command.getFirst()).toString());
        try {
            // Through files: what the scripts leave running must not keep a pipe of ours open.
            Path out = Files.createTempFile("drydock-lab", ".out");
            Path err = Files.createTempFile("drydock-lab", ".err");
            Process process = new ProcessBuilder(absolute)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            Result result = new Result(process.waitFor(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + absolute, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + absolute, e);
        }
    }

    static String lastLine(String text) {
        return text.lines().reduce((first, second) -> second).orElse("no output");
    }

    record Result(int exitCode, String stdout, String stderr) {}
}
