package dev.drydock.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the figures come from: without it they cannot be compared.
 *
 * @param loadAtStart 1-minute load average before the first probe; well above 0 means other work disturbed the run
 * @param fileSystem of the directory that holds the databases
 */
public record Machine(
        String cpu, int cores, long memoryMib, String kernel, String java, double loadAtStart, String fileSystem) {

    /** Reads /proc of this machine. */
    public static Machine here(Path databaseDirectory) {
        try {
            FileStore store = Files.getFileStore(databaseDirectory);
            return new Machine(
                    field(Path.of("/proc/cpuinfo"), "model name"),
                    Runtime.getRuntime().availableProcessors(),
                    Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", "")) / 1024,
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    System.getProperty("java.vm.name") + " " + Runtime.version(),
                    Double.parseDouble(
                            Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]),
                    store.type());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot describe this machine", e);
        }
    }

    /** Whether a commit to this file system reaches a disk at all. */
    public boolean memoryOnly() {
        return fileSystem.equals("tmpfs") || fileSystem.equals("ramfs");
    }

    private static String field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
