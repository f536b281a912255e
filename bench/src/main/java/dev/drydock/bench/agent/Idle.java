package dev.drydock.bench.agent;

import dev.drydock.bench.report.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that has nothing to do, from {@link #begin} on. */
record Idle(Started started, double cpuMillis, ThreadTimes threads, long nanos) {
    private static final int BUSIEST = 6;

    static Idle begin(Started started) {
        IdleMemory.forget(started.pid());
        return new Idle(started, started.cpuMillis(), ThreadTimes.of(proc(started)), System.nanoTime());
    }

    List<Figure> figures() {
        double millis = (System.nanoTime() - nanos) / 1e6;
        double cpu = started.cpuMillis() - cpuMillis;
        ThreadTimes now = ThreadTimes.of(proc(started));
        IdleMemory memory = IdleMemory.of(started.pid());
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("rss_mib", "resident, idle", memory.resident(), "MiB"),
                new Figure("pss_mib", "  shared pages divided", memory.proportional(), "MiB"),
                new Figure("anonymous_mib", "  of it anonymous: the agent's alone", memory.anonymous(), "MiB"),
                new Figure("file_mib", "  of it pages of files", memory.fileBacked(), "MiB"),
                new Figure("touched_mib", "  of it touched while idle", memory.referenced(), "MiB"),
                new Figure("idle_cpu_percent", "CPU while idle, of a core", cpu * 100 / millis, "%")));
        figures.addAll(now.figuresSince(threads, BUSIEST));
        figures.add(new Figure("threads", "threads", now.nanos().size(), ""));
        return figures;
    }

    private static Path proc(Started started) {
        return Path.of("/proc", Long.toString(started.pid()));
    }
}
