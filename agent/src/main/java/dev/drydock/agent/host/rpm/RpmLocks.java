package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ProcessTable;
import dev.drydock.agent.host.packages.RecordLocks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What keeps runs of the tool and of rpm out of each other's way: files with the process id of who works, which are left
 * behind by those that are killed and then count for nothing; and rpm's own record lock.
 */
final class RpmLocks {
    private static final List<String> DATABASE = List.of("/var/lib/rpm/.rpm.lock", "/usr/lib/sysimage/rpm/.rpm.lock");

    private final HostFiles files;
    private final RecordLocks records;
    private final List<String> pidFiles;

    RpmLocks(HostFiles files, List<String> pidFiles) {
        this.files = files;
        this.records = new RecordLocks(files);
        this.pidFiles = List.copyOf(pidFiles);
    }

    /**
     * Waits until all were free once, and says who holds one that is not.
     *
     * @throws HostException retryable, with who holds it, when the time was over
     */
    void require(Duration most, Job job) throws HostException, InterruptedException {
        Job bounded = job.within(most);
        for (String file : pidFiles) {
            await(file, most, bounded);
        }
        Optional<String> held = records.await(DATABASE, bounded.timeLeft().get(), bounded);
        if (held.isPresent()) {
            throw notReleased(held.get(), most);
        }
    }

    private void await(String file, Duration most, Job job) throws HostException, InterruptedException {
        Optional<ProcessHandle> holder = holder(file);
        while (holder.isPresent()) {
            String who = file + " is held by process " + holder.get().pid() + " ("
                    + ProcessTable.commandOf(holder.get().pid()) + ")";
            Duration left = job.timeLeft().get();
            if (!left.isPositive()) {
                throw notReleased(who, most);
            }
            job.output().line("The package manager's lock " + who + "; waiting, at most " + left.toSeconds() + " s");
            try {
                holder.get().onExit().get(left.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillThere) {
                throw notReleased(who, most);
            } catch (ExecutionException | CancellationException e) {
                throw new HostException("process " + holder.get().pid() + " cannot be waited for", e);
            }
            holder = holder(file);
        }
    }

    private static HostException notReleased(String who, Duration most) {
        return HostException.retryable(
                "the package manager's lock " + who + " and was not released in " + most.toSeconds() + " s");
    }

    private Optional<ProcessHandle> holder(String file) throws HostException {
        try {
            String pid = files.read(file).orElse("").strip();
            return pid.matches("\\d{1,10}")
                    ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException e) {
            throw new HostException("lock " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
