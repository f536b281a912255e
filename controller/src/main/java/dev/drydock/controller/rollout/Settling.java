package dev.drydock.controller.rollout;

import dev.drydock.controller.rollout.Rollout.Stop;
import dev.drydock.controller.window.Opening;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;

/** Moves a rollout on for as long as what is on record and the time give it reason to. */
final class Settling {
    /** How the note of an opening that passed begins. */
    static final String MISSED = "missed the opening of ";

    private Settling() {}

    static void settle(Turn turn) {
        // Each wave can be done, soaked and begun within one turn, and each opening be passed once.
        int limit = 4 * turn.plan.waves() + 10;
        while (step(turn)) {
            if (--limit < 0) {
                throw new IllegalStateException("rollout " + turn.plan.name() + " does not settle in " + turn.state());
            }
        }
    }

    /** @return whether it made a move */
    private static boolean step(Turn turn) {
        return switch (turn.state()) {
            case COMPLETED, COMPLETED_WITH_FAILURES, STOPPED, ABORTED -> false;
            case STOPPING -> drained(turn);
            case SCHEDULED -> overThreshold(turn) || allEnded(turn) || noOpeningLeft(turn) || windowOpened(turn);
            case PAUSED -> overThreshold(turn) || allEnded(turn) || noOpeningLeft(turn);
            case RUNNING -> overThreshold(turn) || allEnded(turn) || waveDone(turn) || windowOver(turn);
            case SOAKING -> overThreshold(turn) || windowOver(turn) || soaked(turn);
            case AWAITING_APPROVAL -> overThreshold(turn) || windowOver(turn) || approved(turn);
        };
    }

    private static boolean overThreshold(Turn turn) {
        Optional<String> excess = Thresholds.exceeded(turn.plan, turn.standing());
        excess.ifPresent(why -> {
            turn.stop = Stop.TOO_MANY_FAILED;
            turn.move(Trigger.TOO_MANY_FAILED, why);
        });
        return excess.isPresent();
    }

    private static boolean allEnded(Turn turn) {
        if (!turn.standing().open().isEmpty() || turn.waiting() > 0) {
            return false;
        }
        int succeeded = turn.standing().succeeded();
        if (succeeded == turn.size()) {
            String all = turn.size() == 1 ? "the one host" : "all " + turn.size() + " hosts";
            turn.move(Trigger.ALL_SUCCEEDED, all + " succeeded");
        } else {
            turn.move(Trigger.ALL_ENDED, succeeded + " of " + turn.size() + " hosts succeeded");
        }
        return true;
    }

    private static boolean drained(Turn turn) {
        if (!turn.standing().open().isEmpty()) {
            return false;
        }
        for (int i = 0; i < turn.size(); i++) {
            HostProgress host = turn.host(i);
            if (host.waiting() && host.runId().isEmpty()) {
                turn.host(i, host.because("the rollout ended first: " + turn.reason()));
            }
        }
        turn.move(turn.stop == Stop.ABORTED ? Trigger.DRAINED_AFTER_ABORT : Trigger.DRAINED, turn.reason());
        return true;
    }

    /** Finds the next opening where there is none to come; gives up where there is none at all. */
    private static boolean noOpeningLeft(Turn turn) {
        if (turn.waiting() == 0) {
            return false;
        }
        if (turn.opening.isPresent() && !turn.pastCutoff()) {
            return false;
        }
        turn.opening.filter(passed -> !turn.used(passed)).ifPresent(passed -> missed(turn, passed));
        turn.opening = turn.openings().usable(turn.now, turn.usedThrough);
        if (turn.opening.isPresent()) {
            if (turn.state() == RolloutState.SCHEDULED) {
                explainOpening(turn);
            }
            return false;
        }
        if (Freezes.waits(turn)) {
            return false;
        }
        String why = "window " + turn.plan.window().name() + " has no further opening";
        expire(turn, HostProgress::waiting, why);
        turn.stop = Stop.NO_OPENING_LEFT;
        turn.move(Trigger.NO_OPENING_LEFT, why);
        return true;
    }

    static void explainOpening(Turn turn) {
        turn.opening.ifPresent(
                next -> turn.explain("window " + turn.plan.window().name() + " opens at " + next.opens()
                        + (beginsNow(turn) ? "" : "; " + waits(turn.currentWave))));
    }

    private static String waits(int wave) {
        return "wave " + wave + " waits for approval";
    }

    /** The current wave may begin, or has. */
    private static boolean beginsNow(Turn turn) {
        return turn.startedAt.isPresent() || turn.cleared(turn.currentWave);
    }

    private static void missed(Turn turn, Opening passed) {
        turn.note(
                "",
                MISSED + passed.opens()
                        + (turn.state() == RolloutState.PAUSED ? " while paused; " : "; ")
                        + turn.waiting() + " hosts did not run");
    }

    private static boolean windowOpened(Turn turn) {
        if (!turn.admits() || !beginsNow(turn)) {
            return false;
        }
        // Stamped before anything starts: this opening is never used again, whatever the clock does.
        turn.usedThrough = turn.opening.map(Opening::opens);
        turn.startedAt = turn.startedAt.or(() -> Optional.of(turn.now));
        turn.move(Trigger.WINDOW_OPENED, "wave " + turn.currentWave + " of " + turn.plan.waves());
        return true;
    }

    private static boolean windowOver(Turn turn) {
        if (!turn.pastCutoff()
                || (!turn.standing().open().isEmpty()
                        && turn.opening.orElseThrow().covers(turn.now))) {
            return false;
        }
        Opening over = turn.opening.orElseThrow();
        // A freeze that took the whole opening left hosts that are away no time to come back.
        boolean lasted = over.startBefore().isAfter(over.opens());
        expire(
                turn,
                host -> lasted
                        && host.waiting()
                        && turn.begun(host)
                        && !host.unready().isEmpty()
                        && !host.offeredIn(over),
                "until the window's cutoff at " + over.startBefore());
        if (turn.waiting() == 0) {
            return allEnded(turn);
        }
        turn.opening = Optional.empty();
        turn.move(Trigger.WINDOW_OVER, turn.waiting() + " hosts are left for the next opening");
        return true;
    }

    private static void expire(Turn turn, Predicate<HostProgress> which, String why) {
        for (int i = 0; i < turn.size(); i++) {
            HostProgress host = turn.host(i);
            if (which.test(host)) {
                String reason = host.unready().isEmpty() ? why : host.unready() + "; " + why;
                turn.host(i, host.expired(reason, turn.now));
                turn.note(host.host().id(), "expired: " + reason);
            }
        }
    }

    /**
     * Nothing of the begun waves runs or can run now, and the newest has shown that the change works: hosts that are away do
     * not hold up the others, but a wave of which nobody was there has shown nothing.
     */
    private static boolean waveDone(Turn turn) {
        if (turn.currentWave == turn.plan.waves() || !turn.standing().open().isEmpty() || canStart(turn)) {
            return false;
        }
        boolean proven = turn.any(host -> newest(turn, host) && host.succeeded());
        if (!proven && turn.any(host -> newest(turn, host) && host.waiting())) {
            return false;
        }
        // Kept over a pause or a window's end, so that the soak does not begin anew.
        Instant soaked =
                turn.soakUntil.orElse(turn.now.plus(turn.plan.strategy().soak()));
        turn.soakUntil = Optional.of(soaked);
        String done = "wave " + turn.currentWave + " of " + turn.plan.waves() + " done";
        turn.move(
                Trigger.WAVE_DONE,
                soaked.isAfter(turn.now)
                        ? done + ", the next begins at " + soaked.truncatedTo(ChronoUnit.SECONDS)
                        : done);
        return true;
    }

    /** A host of a begun wave waits and could begin. */
    private static boolean canStart(Turn turn) {
        BitSet ready = (BitSet) turn.standing().waiting().clone();
        ready.andNot(turn.standing().unready());
        int first = ready.nextSetBit(0); // by wave: of those that wait it is of the earliest
        return first >= 0 && turn.begun(turn.host(first));
    }

    private static boolean newest(Turn turn, HostProgress host) {
        return host.host().wave() == turn.currentWave;
    }

    private static boolean soaked(Turn turn) {
        if (!turn.admits() || turn.now.isBefore(turn.soakUntil.orElseThrow())) {
            return false;
        }
        int next = turn.currentWave + 1;
        if (turn.cleared(next)) {
            begin(turn, Trigger.SOAKED);
        } else {
            turn.move(Trigger.APPROVAL_MISSING, waits(next));
        }
        return true;
    }

    private static boolean approved(Turn turn) {
        if (!turn.admits() || !turn.cleared(turn.currentWave + 1)) {
            return false;
        }
        begin(turn, Trigger.APPROVED);
        return true;
    }

    private static void begin(Turn turn, Trigger trigger) {
        turn.soakUntil = Optional.empty();
        turn.currentWave++;
        turn.move(trigger, "wave " + turn.currentWave + " of " + turn.plan.waves());
    }
}
