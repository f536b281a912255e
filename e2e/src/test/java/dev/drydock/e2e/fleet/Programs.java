package dev.drydock.e2e.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, bounded in time. */
final class Programs {
    private Programs() {}

    /** What a program said. */
    record Result(List<String> command, int exitCode, String out, String err) {
        Result require(int expected) {
            if (exitCode != expected) {
                throw new AssertionError(
                        "exit " + exitCode + " instead of " + expected + " of " + command + "\n" + out + err);
            }
            return this;
        }
    }

    static Result run(Duration limit, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile("drydock-e2e", ".out");
            Path err = Files.createTempFile("drydock-e2e", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not ended after " + limit + ": " + command + "\n" + Files.readString(out)
                        + Files.readString(err));
            }
            Result result = new Result(command, process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + command, e);
        }
    }
}
