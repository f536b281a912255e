package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process that has nothing to do, from {@link #begin} on. */
record Idle(Started started, double cpuMillis, long nanos) {

    static Idle begin(Started started) {
        IdleMemory.forget(started.pid());
        return new Idle(started, started.cpuMillis(), System.nanoTime());
    }

    List<Figure> figures() {
        double millis = (System.nanoTime() - nanos) / 1e6;
        double cpu = started.cpuMillis() - cpuMillis;
        IdleMemory memory = IdleMemory.of(started.pid());
        return List.of(
                new Figure("rss_mib", "resident, idle", memory.resident(), "MiB"),
                new Figure("pss_mib", "  shared pages divided", memory.proportional(), "MiB"),
                new Figure("anonymous_mib", "  of it anonymous: the agent's alone", memory.anonymous(), "MiB"),
                new Figure("file_mib", "  of it pages of files", memory.fileBacked(), "MiB"),
                new Figure("touched_mib", "  of it touched while idle", memory.referenced(), "MiB"),
                new Figure("idle_cpu_percent", "CPU while idle, of a core", cpu * 100 / millis, "%"),
                new Figure("threads", "threads", threads(), ""));
    }

    private double threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(started.pid()), "task"))) {
            return tasks.count();
        } catch (IOException e) {
            throw new BenchException("process " + started.pid() + " has ended", e);
        }
    }
}
