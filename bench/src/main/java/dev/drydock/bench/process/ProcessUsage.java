package dev.drydock.bench.process;

import dev.drydock.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process has used so far, as the kernel counts it.
 *
 * @param residentKib VmRSS: pages in memory, shared ones counted whole
 * @param proportionalKib Pss: the same with shared pages divided among their users
 * @param peakKib VmHWM: the most that was ever resident
 * @param cpu user and system time of all threads, in steps of 10 ms
 */
public record ProcessUsage(long residentKib, long proportionalKib, long peakKib, Duration cpu) {

    /**
     * Reads it now.
     *
     * @throws BenchException when there is no such process, or it is not ours to look at
     */
    public static ProcessUsage of(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return new ProcessUsage(
                    kib(proc.resolve("status"), "VmRSS:"),
                    kib(proc.resolve("smaps_rollup"), "Pss:"),
                    kib(proc.resolve("status"), "VmHWM:"),
                    process.info()
                            .totalCpuDuration()
                            .orElseThrow(() -> new BenchException("no CPU time known of process " + process.pid())));
        } catch (IOException e) {
            throw new BenchException("cannot read " + proc + ": has process " + process.pid() + " ended?", e);
        }
    }

    private static long kib(Path file, String field) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " has no line " + field));
        }
    }
}
