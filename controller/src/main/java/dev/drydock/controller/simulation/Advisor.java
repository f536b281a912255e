package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.Advice.Knob;
import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Window;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds {@link Advice}. An opening that runs without a word held up is not looked at: its length is not what was missing. */
final class Advisor {
    private static final Duration STEP = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(2);
    private static final int MOST_STEPS = 4;

    private final Scenario scenario;
    private final Progress progress;
    private long decisions;

    Advisor(Scenario scenario, Progress progress) {
        this.scenario = scenario;
        this.progress = progress;
    }

    long decisions() {
        return decisions;
    }

    List<Advice> on(List<RolloutOutcome> rollouts) {
        Optional<RolloutOutcome> first = rollouts.stream()
                .filter(rollout -> !rollout.openings().isEmpty()
                        && rollout.openings().getFirst().tooShort()
                        && !rollout.openings().getFirst().heldUp())
                .findFirst();
        if (first.isEmpty()) {
            return List.of();
        }
        List<Advice> advice = new ArrayList<>();
        advice.add(duration(first.get()));
        int most = Simulator.plan(scenario, first.get().number(), first.get().release())
                .limits()
                .maxConcurrent();
        if (most < scenario.hosts()) {
            advice.add(concurrency(first.get(), most));
        }
        return advice;
    }

    /** How long it goes on where the window does not end it, and then whether it does with a window of that length. */
    private Advice duration(RolloutOutcome rollout) {
        Window window = scenario.window();
        Duration longest = longest(window, rollout.openings().getFirst().opens());
        int tried = 1;
        OpeningUse endless = again(rollout, longer(window, longest), scenario.strategy());
        Optional<String> enough = Optional.empty();
        if (does(endless)) {
            Duration needed = rounded(endless, window.cutoff());
            for (int i = 0; i < MOST_STEPS && enough.isEmpty() && needed.compareTo(longest) <= 0; i++) {
                tried++;
                if (does(again(rollout, longer(window, needed), scenario.strategy()))) {
                    enough = Optional.of(Units.text(needed));
                }
                needed = needed.plus(STEP);
            }
        }
        return new Advice(
                rollout.number(),
                Knob.WINDOW_DURATION,
                Units.text(window.duration()),
                enough,
                tried,
                Units.text(longest),
                enough.isPresent() ? "" : because(endless));
    }

    /** Twice as many, and again; then, of what lies between, the half. */
    private Advice concurrency(RolloutOutcome rollout, int most) {
        int tried = 0;
        int low = most;
        int high = most;
        OpeningUse last = rollout.openings().getFirst();
        while (!does(last) && high < scenario.hosts()) {
            low = high;
            high = Math.min(scenario.hosts(), 2 * high);
            last = again(rollout, scenario.window(), concurrent(high));
            tried++;
        }
        boolean found = does(last);
        while (found && high - low > Math.max(1, low / 5)) {
            int middle = (low + high) >>> 1;
            if (does(again(rollout, scenario.window(), concurrent(middle)))) {
                high = middle;
            } else {
                low = middle;
            }
            tried++;
        }
        return new Advice(
                rollout.number(),
                Knob.MAX_CONCURRENT,
                Integer.toString(most),
                found ? Optional.of(Integer.toString(high)) : Optional.empty(),
                tried,
                Integer.toString(scenario.hosts()),
                found ? "" : because(last));
    }

    private Strategy concurrent(int most) {
        Strategy now = scenario.strategy();
        return new Strategy(
                now.waves(),
                Integer.toString(most),
                now.failureThreshold(),
                now.soak(),
                now.neverTogether(),
                now.approveBefore());
    }

    private static String because(OpeningUse use) {
        if (use.stopped()) {
            return "the failure threshold stops it there";
        }
        return use.heldUp()
                ? "a run that says nothing holds up the waves behind its own"
                : "hosts are left over even then";
    }

    /** Up to where the next opening begins. */
    private Duration longest(Window window, Instant opens) {
        List<Opening> openings = new Openings(window, scenario.blackouts()).next(opens, 2);
        Duration spacing = openings.size() < 2
                ? LONGEST
                : Duration.between(opens, openings.get(1).opens());
        return spacing.compareTo(LONGEST) < 0 ? spacing : LONGEST;
    }

    private static Duration rounded(OpeningUse use, Duration cutoff) {
        Duration runs = Duration.between(use.opens(), use.lastEnd());
        Duration starts = Duration.between(use.opens(), use.lastStart()).plus(cutoff);
        Duration needed = runs.compareTo(starts) > 0 ? runs : starts;
        return STEP.multipliedBy(needed.dividedBy(STEP) + 1);
    }

    private static Window longer(Window window, Duration duration) {
        return new Window(
                window.name(),
                window.rrule(),
                window.start(),
                window.zone(),
                duration,
                window.cutoff(),
                window.reserve());
    }

    private static boolean does(OpeningUse use) {
        return use.leftOver() == 0 && !use.stopped();
    }

    /**
     * What becomes of the rollout's first opening with another window or strategy. As if it was released when that opened: a
     * longer window may have been open at its release, which would be another opening.
     */
    private OpeningUse again(RolloutOutcome rollout, Window window, Strategy strategy) {
        Instant opens = rollout.openings().getFirst().opens();
        Simulator again = new Simulator(
                scenario.alone(opens, window, strategy), rollout.number() - 1, scenario.decider(), progress);
        again.run(other ->
                other.openings() > 1 || (other.openings() == 1 && other.waitsForItsWindow()) || other.nothingLeft());
        decisions += again.decisions();
        return again.outcomes().getFirst().openings().getFirst();
    }
}
