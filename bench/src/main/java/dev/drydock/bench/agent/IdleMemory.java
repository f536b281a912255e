package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory of a process as the kernel tells it in {@code /proc/PID/smaps_rollup}, in MiB.
 *
 * @param resident all pages that are mapped and in memory
 * @param proportional the same, shared ones divided among their users
 * @param anonymous what no file holds: only this can never be dropped, and counts for each agent
 * @param referenced touched since {@link #forget}
 */
record IdleMemory(double resident, double proportional, double anonymous, double referenced) {

    static IdleMemory of(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
            return new IdleMemory(
                    field(lines, "Rss:"),
                    field(lines, "Pss:"),
                    field(lines, "Anonymous:"),
                    field(lines, "Referenced:"));
        } catch (IOException e) {
            throw new BenchException("process " + pid + " tells nothing of its memory: has it ended?", e);
        }
    }

    /** From now on the kernel notes anew which pages are touched (proc(5), clear_refs). */
    static void forget(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "1");
        } catch (IOException e) {
            throw new BenchException("process " + pid + " cannot be watched: has it ended?", e);
        }
    }

    /** In memory because a file is mapped; the kernel takes it back when it needs the room. */
    double fileBacked() {
        return resident - anonymous;
    }

    private static double field(List<String> lines, String name) throws IOException {
        return lines.stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow(() -> new IOException("no line " + name))
                / 1024.0;
    }
}
