package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ProcessTable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Record locks on files, by which runs of package managers keep out of each other's way. They are gone with the process
 * that holds them.
 */
public final class RecordLocks {
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final HostFiles files;

    public RecordLocks(HostFiles files) {
        this.files = files;
    }

    /**
     * Waits until all of the locks were free once, and says who holds one that is not.
     *
     * @return empty when they were free; else who still holds one when the time was over
     */
    public Optional<String> await(List<String> locks, Duration most, Job job)
            throws HostException, InterruptedException {
        Job bounded = job.within(most);
        for (String lock : locks) {
            Optional<String> holder = await(lock, most, bounded);
            if (holder.isPresent()) {
                return holder;
            }
        }
        return Optional.empty();
    }

    private Optional<String> await(String lock, Duration most, Job job) throws HostException, InterruptedException {
        try {
            Path file = files.resolve(lock);
            if (!Files.isRegularFile(file) || isFree(file)) {
                return Optional.empty();
            }
            FutureTask<Void> free = new FutureTask<>(() -> waitUntilFree(file), null);
            Thread.ofPlatform().daemon().name("package-lock").start(free);
            String holder = holder(file);
            while (job.timeLeft().get().isPositive()) {
                holder = holder(file);
                job.output()
                        .line("The package manager's lock " + lock + " is held by " + holder + "; waiting, at most "
                                + most.toSeconds() + " s");
                Duration left = job.timeLeft().get();
                Duration next = left.compareTo(SAY_AGAIN) < 0 ? left : SAY_AGAIN;
                try {
                    free.get(next.toMillis(), TimeUnit.MILLISECONDS);
                    return Optional.empty();
                } catch (TimeoutException stillHeld) {
                    continue;
                } catch (ExecutionException e) {
                    throw new HostException("lock " + lock + " cannot be waited for", e);
                } catch (InterruptedException e) {
                    free.cancel(true);
                    throw e;
                }
            }
            free.cancel(true);
            return Optional.of(lock + " is held by " + holder);
        } catch (IOException e) {
            throw new HostException("lock " + lock + " cannot be examined", e);
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        }
    }

    private static void waitUntilFree(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            lock.release();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String holder(Path file) throws IOException {
        Object inode = Files.getAttribute(file, "unix:ino");
        OptionalLong pid = holder(Files.readString(Path.of("/proc/locks")), ((Number) inode).longValue());
        return pid.isPresent()
                ? "process " + pid.getAsLong() + " (" + ProcessTable.commandOf(pid.getAsLong()) + ")"
                : "a process that cannot be seen from here";
    }

    /** The process that holds a lock on this inode, from the text of {@code /proc/locks}; those that wait do not count. */
    public static OptionalLong holder(String locks, long inode) {
        for (String line : locks.lines().toList()) {
            String[] fields = line.trim().split("\\s+");
            boolean holds = fields.length >= 6 && !fields[1].equals("->");
            if (holds && fields[5].endsWith(":" + inode)) {
                return OptionalLong.of(Long.parseLong(fields[4]));
            }
        }
        return OptionalLong.empty();
    }
}
