package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The processes of this machine as {@code /proc} shows them. Thread-safe; every call looks anew.
 *
 * <p>Processes that ended but were not yet waited for (zombies) do not count.
 */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int MOST_ROUNDS = 20;

    private ProcessTable() {}

    /**
     * @param session id of the session; a process keeps it when its parent is gone
     */
    record Entry(long pid, long parent, long session) {}

    /** The session's processes and all their descendants, also those that made a session of their own. */
    static Set<Long> tree(long sessionLeader) {
        return tree(entries(), sessionLeader);
    }

    static Set<Long> tree(List<Entry> entries, long sessionLeader) {
        Set<Long> found = new LinkedHashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Entry e : entries) {
                boolean belongs =
                        e.pid() == sessionLeader || e.session() == sessionLeader || found.contains(e.parent());
                grown |= belongs && found.add(e.pid());
            }
        }
        return found;
    }

    /**
     * Processes that were started with this variable in their environment, without the caller's own, and that are still in
     * the session that another variable names.
     */
    static Set<Long> startedWith(String name, String value, String session) {
        long self = ProcessHandle.current().pid();
        Set<Long> found = new LinkedHashSet<>();
        for (Entry e : entries()) {
            if (e.pid() != self) {
                Set<String> environment = environment(e.pid());
                if (environment.contains(name + "=" + value) && environment.contains(session + "=" + e.session())) {
                    found.add(e.pid());
                }
            }
        }
        return found;
    }

    /** The program's name as the kernel keeps it; empty when the process is gone. */
    public static String commandOf(long pid) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("comm"))
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Whether the file that it runs was removed or replaced since; false when the process is gone. */
    static boolean runsReplacedProgram(long pid) {
        try {
            return Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("exe"))
                    .toString()
                    .endsWith(" (deleted)");
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Ends processes: SIGTERM, and SIGKILL to those that are still there when the grace is over. Returns when none is
     * left, or when SIGKILL did not help (a process in uninterruptible sleep). An interrupt shortens the grace to
     * nothing and stays set.
     *
     * @param targets asked again each round, since processes start others
     * @return true when none is left
     */
    public static boolean end(Supplier<Set<Long>> targets, Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        boolean interrupted = false;
        boolean force = false;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<ProcessHandle> alive = handles(targets.get());
            if (alive.isEmpty()) {
                break;
            }
            long left = deadline - System.nanoTime();
            force |= interrupted || left <= 0;
            for (ProcessHandle handle : alive) {
                signal(handle, force);
            }
            interrupted |= awaitExit(alive, force ? TimeUnit.SECONDS.toNanos(1) : left);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return handles(targets.get()).isEmpty();
    }

    private static void signal(ProcessHandle handle, boolean force) {
        if (force) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
    }

    /** @return true when the wait was interrupted */
    private static boolean awaitExit(List<ProcessHandle> handles, long nanos) {
        CompletableFuture<?>[] exits =
                handles.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            return false;
        } catch (InterruptedException e) {
            return true;
        }
        return false;
    }

    private static List<ProcessHandle> handles(Set<Long> pids) {
        return pids.stream()
                .map(ProcessHandle::of)
                .flatMap(java.util.Optional::stream)
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path dir : all) {
                try {
                    parse(Files.readString(dir.resolve("stat"), StandardCharsets.ISO_8859_1))
                            .ifPresent(entries::add);
                } catch (IOException gone) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("/proc cannot be read", e);
        }
        return entries;
    }

    /** One line of {@code /proc/PID/stat}; empty for a zombie. The name in it may contain anything, also {@code ) }. */
    static java.util.Optional<Entry> parse(String stat) {
        int nameEnds = stat.lastIndexOf(')');
        String[] rest = stat.substring(nameEnds + 2).strip().split(" ");
        if (rest[0].equals("Z") || rest[0].equals("X")) {
            return java.util.Optional.empty();
        }
        long pid = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        return java.util.Optional.of(new Entry(pid, Long.parseLong(rest[1]), Long.parseLong(rest[3])));
    }

    private static Set<String> environment(long pid) {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ"));
            return new HashSet<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\0")));
        } catch (IOException goneOrForeign) {
            return Set.of();
        }
    }
}
