package dev.drydock.bench.agent;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What each living thread of a process has run so far, from {@code /proc/PID/task/TID/schedstat}: in nanoseconds, where the process as a
 * whole is counted in steps of 10 ms.
 *
 * @param nanos by thread
 * @param names by thread; the kernel keeps 15 letters of them, so that several may have one
 */
record ThreadTimes(Map<Long, Long> nanos, Map<Long, String> names) {

    ThreadTimes {
        nanos = Map.copyOf(nanos);
        names = Map.copyOf(names);
    }

    /** @param proc of the process, for example {@code /proc/17} */
    static ThreadTimes of(Path proc) {
        Map<Long, Long> nanos = new HashMap<>();
        Map<Long, String> names = new HashMap<>();
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            for (Path task : tasks.toList()) {
                long id = Long.parseLong(String.valueOf(task.getFileName()));
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    nanos.put(
                            id,
                            Long.parseLong(
                                    Files.readString(task.resolve("schedstat")).split(" ", 2)[0]));
                    names.put(id, name);
                } catch (NoSuchFileException ended) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new BenchException("the threads of " + proc + " cannot be read: has it ended?", e);
        }
        return new ThreadTimes(nanos, names);
    }

    /** The most busy ones since then, those of one name together, at most so many. */
    List<Figure> figuresSince(ThreadTimes before, int most) {
        Map<String, Long> used = new TreeMap<>();
        nanos.forEach((id, time) ->
                used.merge(names.getOrDefault(id, "?"), time - before.nanos().getOrDefault(id, 0L), Long::sum));
        List<Figure> figures = new ArrayList<>();
        used.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(each -> figures.add(new Figure(
                        "idle_thread_" + each.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_ms",
                        "  of it " + each.getKey(),
                        each.getValue() / 1e6,
                        "ms")));
        return figures;
    }
}
