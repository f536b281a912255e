package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.process.ProcessUsage;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that says when it is connected. Closing it ends it, by its own id.
 *
 * @param millis from its start to that word
 */
record Started(Process process, double millis) implements AutoCloseable {

    static Started connected(Launcher launcher, Duration timeout, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.program().toString()));
        command.addAll(Arrays.asList(arguments));
        long start = System.nanoTime();
        Process process = start(command);
        CompletableFuture<Double> connected = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> read(process, start, connected));
        try {
            return new Started(process, connected.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new BenchException(command + " did not connect within " + timeout.toSeconds() + " s: " + e, e);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new BenchException("cannot start " + command.getFirst(), e);
        }
    }

    private static void read(Process process, long start, CompletableFuture<Double> connected) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader errors = process.errorReader()) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.contains(BareClient.CONNECTED)) {
                    connected.complete((System.nanoTime() - start) / 1e6);
                } else if (!connected.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
        connected.completeExceptionally(new IllegalStateException(
                "it ended and said: " + said.toString().strip()));
    }

    long pid() {
        return process.pid();
    }

    double cpuMillis() {
        return ProcessUsage.of(process.toHandle()).cpu().toNanos() / 1e6;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
