package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * On whose behalf and within what time something is done.
 *
 * @param mark names the step in the environment of every program that is started for it, so that programs which outlive
 *     a killed agent can be told from those of others
 * @param timeLeft counts down; every command is bounded by it
 */
public record Job(Output output, Supplier<Duration> timeLeft, String mark) {
    public static final String MARK = "DRYDOCK_STEP";

    /** For questions that change nothing: no output, a fixed time each. */
    public static Job quiet(Duration timeout) {
        return new Job((bytes, offset, length) -> {}, () -> timeout, "");
    }

    public static Job of(Output output, Supplier<Duration> timeLeft, Path workDir) {
        return new Job(output, timeLeft, workDir.toString());
    }

    public Job within(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        return new Job(
                output,
                () -> {
                    Duration own = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                    Duration left = timeLeft.get();
                    return own.compareTo(left) < 0 ? own : left;
                },
                mark);
    }

    /** With another output, for questions whose answers are no news to people. */
    public Job silent() {
        return new Job((bytes, offset, length) -> {}, timeLeft, mark);
    }

    /** Runs a program in the time that is left. */
    public Commands.Result run(Commands commands, Map<String, String> environment, List<String> argv)
            throws HostException, InterruptedException {
        return run(commands, environment, Map.of(), argv);
    }

    /** @param secrets environment variables whose values are in no log, argv or report */
    public Commands.Result run(
            Commands commands, Map<String, String> environment, Map<String, String> secrets, List<String> argv)
            throws HostException, InterruptedException {
        Duration left = timeLeft.get();
        if (!left.isPositive()) {
            throw new HostException("no time is left to run " + argv.getFirst());
        }
        Map<String, String> all = new HashMap<>(environment);
        if (!mark.isEmpty()) {
            all.put(MARK, mark);
        }
        try {
            return commands.run(new Commands.Command(argv, all, secrets, left), output);
        } catch (IOException e) {
            throw new HostException(argv.getFirst() + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Runs a program that must succeed, and returns what it wrote to standard output. */
    public String require(Commands commands, Map<String, String> environment, List<String> argv)
            throws HostException, InterruptedException {
        return require(commands, environment, Map.of(), argv);
    }

    /** @param secrets as above */
    public String require(
            Commands commands, Map<String, String> environment, Map<String, String> secrets, List<String> argv)
            throws HostException, InterruptedException {
        Commands.Result result = run(commands, environment, secrets, argv);
        if (!result.ok()) {
            throw HostException.of(String.join(" ", argv), result);
        }
        return result.stdout();
    }
}
