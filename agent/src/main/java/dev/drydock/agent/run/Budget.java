package dev.drydock.agent.run;

import dev.drydock.proto.agent.v1.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arithmetic of a run's time. Pure.
 *
 * <p>A step may begin when {@code now + its time + soaks + reserve} is not after the window's close, where the reserve is
 * what the way back of this step, of all changes made so far and of services that may have to be revived may take: their
 * rollback timeouts, the longest grace of the final checks, which are observed again after a rollback, and the last looks, which
 * are made however late it is.
 *
 * @param estimates of what steps take
 * @param maxRunDuration the host's own limit, from the start of the run; it can only bring the close forward
 */
record Budget(Program program, Estimates estimates, Optional<Duration> maxRunDuration) {
    /** Verifying a change changes nothing: that much is always allowed, also after the window has closed. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    /** The same for a look by a check. */
    private static final Duration GLANCE = Duration.ofSeconds(10);

    /** The longest that one look by a check may take. */
    private static final Duration LONG_GLANCE = Duration.ofSeconds(60);

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

    /** The last instant at which this step may begin. */
    Instant latestStart(RunSnapshot run, int step) {
        Duration soak = program.steps().get(step).soak();
        return closes(run).minus(forward(step)).minus(soak).minus(finalSoak()).minus(reserve(run, step));
    }

    boolean fits(RunSnapshot run, int step, Instant now) {
        return !now.isAfter(latestStart(run, step));
    }

    /** How much of the window is kept free for applying and verifying it. */
    Duration forward(int step) {
        return estimates.forward(
                step,
                program.steps().get(step),
                program.playbook().steps().get(step).timeout());
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

    /** How long one look by a check may take. */
    Duration forGlance(RunSnapshot run, Instant now, boolean wayBack) {
        Duration left = Duration.between(now, lastGlance(run, wayBack));
        return shorter(LONG_GLANCE, left.compareTo(GLANCE) < 0 ? GLANCE : left);
    }

    /**
     * Until when a check that does not hold yet is repeated. Also where the host was down over the close: what was put back
     * has its grace to settle, or a host that is as before would count as broken.
     */
    Instant graceEnds(RunSnapshot run, BoundCheck check, Instant now, boolean wayBack) {
        Instant wanted = now.plus(check.grace());
        Instant limit = lastGlance(run, wayBack);
        if (wayBack) {
            Instant settled = lastPutBack(run).plus(check.grace());
            limit = settled.isAfter(limit) ? settled : limit;
        }
        return wanted.isBefore(limit) ? wanted : limit;
    }

    private Instant lastPutBack(RunSnapshot run) {
        return IntStream.range(0, program.steps().size())
                .mapToObj(run::step)
                .filter(step -> step.state() == StepState.STEP_ROLLED_BACK)
                .map(StepSnapshot::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private Instant lastGlance(RunSnapshot run, boolean wayBack) {
        return wayBack ? closes(run).minus(glances(program.verify().size())) : turningPoint(run);
    }

    private static Duration glances(int count) {
        return GLANCE.multipliedBy(count);
    }

    Duration finalSoak() {
        return Program.longest(program.verify().stream().map(BoundCheck::soak));
    }

    private Duration reserve(RunSnapshot run, int next) {
        int ownChecks = program.steps().stream()
                .mapToInt(step -> step.checks().size())
                .max()
                .orElse(0);
        // Forward the checks of one step and the final ones, and on the way back the final ones again.
        Duration lastLooks = LOOK.plus(glances(ownChecks + 2 * program.verify().size()));
        Duration reserve = Program.longest(program.verify().stream().map(BoundCheck::grace))
                .plus(lastLooks);
        for (int i = 0; i < program.steps().size(); i++) {
            StepSnapshot step = run.step(i);
            if (i == next || (step.hasWayBack() && !step.back())) {
                reserve = reserve.plus(estimates.back(i, program.steps().get(i)));
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
