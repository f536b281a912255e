package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The arithmetic of a run's time. Pure.
 *
 * <p>A step may begin when {@code now + its timeout + soaks + reserve} is not after the window's close, where the reserve is
 * what the way back of this step and of all changes made so far may take: their rollback timeouts, and the longest grace of
 * the final checks, which are observed again after a rollback.
 *
 * @param maxRunDuration the host's own limit, from the start of the run; it can only bring the close forward
 */
record Budget(Program program, Optional<Duration> maxRunDuration) {
    /** Looking at the host changes nothing: that much is always allowed, also after the window has closed. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** When all must be over. */
    Instant closes(RunSnapshot run) {
        Instant window = Instants.of(run.offer().getWindowCloses());
        return run.started()
                .flatMap(started -> maxRunDuration.map(started::plus))
                .filter(own -> own.isBefore(window))
                .orElse(window);
    }

    /** The last instant of the way forward: after it only the way back may go on. */
    Instant turningPoint(RunSnapshot run) {
        return closes(run).minus(reserve(run, -1));
    }

    boolean fits(RunSnapshot run, int step, Instant now) {
        BoundStep next = program.steps().get(step);
        Instant end =
                now.plus(next.timeout()).plus(next.soak()).plus(finalSoak()).plus(reserve(run, step));
        return !end.isAfter(closes(run));
    }

    /** How long an attempt at applying or preparing this step may take. */
    Duration forChange(RunSnapshot run, int step, Instant now) {
        Duration left = Duration.between(now, closes(run).minus(reserve(run, step)));
        return atLeastZero(shorter(left, program.steps().get(step).timeout()));
    }

    /** How long a look at the host, for verification, may take. */
    Duration forLook(RunSnapshot run, Duration wanted, Instant now) {
        Duration left = Duration.between(now, turningPoint(run));
        return shorter(wanted, left.compareTo(LOOK) < 0 ? LOOK : left);
    }

    /** Until when a check that does not hold yet is repeated. */
    Instant graceEnds(RunSnapshot run, BoundCheck check, Instant now, boolean wayBack) {
        Instant wanted = now.plus(check.grace());
        Instant limit = wayBack ? closes(run) : turningPoint(run);
        return wanted.isBefore(limit) ? wanted : limit;
    }

    Duration finalSoak() {
        return Program.longest(program.verify().stream().map(BoundCheck::soak));
    }

    private Duration reserve(RunSnapshot run, int next) {
        Duration reserve = Program.longest(program.verify().stream().map(BoundCheck::grace));
        for (int i = 0; i < program.steps().size(); i++) {
            StepSnapshot step = run.step(i);
            if (i == next || (step.touched() && !step.back())) {
                reserve = reserve.plus(program.steps().get(i).rollbackTimeout());
            }
        }
        return reserve;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
