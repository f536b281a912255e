package dev.drydock.bench.process;

import dev.drydock.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A JVM started by this one with its own class path. Its standard output is read line by line, its standard error goes to
 * ours or to a file. Closing it ends it: politely first, then by force, always by its own id.
 *
 * <p>For one thread, but for {@link #usage()} and {@link #close()}.
 */
public final class JavaProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Netty and SQLite load native code, protobuf uses Unsafe: said here, or each JVM warns of it. */
    private static final List<String> LIBRARY_FLAGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final String END = "\u0000";

    private final String name;
    private final Process process;
    private final Thread endWithUs;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private JavaProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.endWithUs = new Thread(process::destroy);
        ShutdownHooks.add(endWithUs);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name(name + "-output").start(this::readOutput);
    }

    /**
     * Starts {@code mainClass} with the class path and the Java runtime of this process.
     *
     * @param name for error messages
     */
    public static JavaProcess start(
            String name,
            List<String> jvmFlags,
            String mainClass,
            List<String> arguments,
            ProcessBuilder.Redirect errors) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LIBRARY_FLAGS);
        command.addAll(jvmFlags);
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        try {
            return new JavaProcess(
                    name, new ProcessBuilder(command).redirectError(errors).start());
        } catch (IOException e) {
            throw new BenchException("cannot start " + name + " with " + command.getFirst(), e);
        }
    }

    /**
     * The next line of output that matches; those before it are dropped.
     *
     * @throws BenchException when the process ends, or the time is over, before such a line comes
     */
    public String awaitLine(String what, Predicate<String> wanted, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new BenchException(name + " did not say " + what + " within " + timeout.toSeconds() + " s");
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new BenchException(
                        name + " ended with exit code " + process.waitFor() + " before it said " + what);
            }
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** All output up to its end, lines joined by line feeds. */
    public String awaitOutput(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new BenchException(name + " did not end within " + timeout.toSeconds() + " s");
            }
            if (line.equals(END)) {
                int code = process.waitFor();
                if (code != 0) {
                    throw new BenchException(name + " ended with exit code " + code + "; its messages are above");
                }
                return text.toString();
            }
            text.append(line).append('\n');
        }
    }

    /** Sends one line to the process's standard input. */
    public void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new BenchException(name + " no longer reads its input", e);
        }
    }

    /** What it has used up to now. */
    public ProcessUsage usage() {
        return ProcessUsage.of(process.toHandle());
    }

    public boolean alive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it without a word, as a crash does; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        ShutdownHooks.remove(endWithUs);
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            System.err.println(name + ": reading its output ended: " + e.getMessage());
        } finally {
            lines.add(END);
        }
    }
}
