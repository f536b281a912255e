package dev.drydock.agent.host;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Programs that an agent started for a step and that outlived it. A daemon that such a program started, and that made a
 * session of its own, is none.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEFORE_KILL = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Lets them end by themselves for a minute (at most a quarter of the time that is left), then ends them. */
    public static void end(Job job) throws InterruptedException {
        if (job.mark().isEmpty() || find(job).isEmpty()) {
            return;
        }
        Duration quarter = job.timeLeft().get().dividedBy(4);
        Duration patience = quarter.compareTo(PATIENCE) < 0 ? quarter : PATIENCE;
        job.output()
                .line("Programs of this step still run since the agent was stopped; waiting for them, at most "
                        + patience.toSeconds() + " s");
        CompletableFuture<?>[] exits = find(job).stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            job.output().line("Ending what still runs: " + find(job));
        }
        ProcessTable.end(() -> find(job), BEFORE_KILL);
    }

    private static Set<Long> find(Job job) {
        return ProcessTable.startedWith(Job.MARK, job.mark(), Launch.SESSION);
    }
}
