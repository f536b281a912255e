package dev.drydock.agent.action;

import dev.drydock.agent.host.Output;
import dev.drydock.playbooks.model.Args;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an action gets of the run that it is part of. The host itself (commands, files, services, packages) it gets in its
 * constructor.
 *
 * @param args resolved: no expressions left
 * @param output where the step's output goes, live and to disk
 * @param workDir of this step, empty at first, kept until the run's result is durable at the controller
 * @param timeLeft of this call; every command that the action starts is bounded by it
 * @param fetched where {@link Action#fetch} puts what it downloads ahead of a run, and the run finds it; there while
 *     something is fetched ahead, else it need not exist, and may go at any time. Empty where nothing is fetched ahead
 */
public record StepContext(Args args, Output output, Path workDir, TimeLeft timeLeft, Optional<Path> fetched) {
    /** Of a step for which nothing is fetched ahead. */
    public StepContext(Args args, Output output, Path workDir, TimeLeft timeLeft) {
        this(args, output, workDir, timeLeft, Optional.empty());
    }

    /** Counts down on the monotonic clock. Zero when time is up, never negative. */
    public interface TimeLeft {
        Duration get();
    }
}
