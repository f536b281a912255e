package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import dev.drydock.controller.window.Slot;
import java.util.Optional;

/**
 * Holds what the window's calendars say now against the opening that a rollout waits for or is in. A blackout that was
 * added after the rollout was made, or while its window is open, counts from the next decision on.
 */
final class Freezes {
    private Freezes() {}

    static void apply(Turn turn) {
        if (turn.plan.window().calendars().isEmpty()
                || turn.opening.isEmpty()
                || turn.state().ended()) {
            return;
        }
        Opening was = turn.opening.get();
        if (turn.used(was)) {
            turn.openings().at(was.opens()).ifPresent(slot -> inUse(turn, was, slot));
        } else {
            waitedFor(turn, was);
        }
    }

    /** What runs is left to end by the opening's own close; nothing more starts after the freeze's begin. */
    private static void inUse(Turn turn, Opening was, Slot slot) {
        Opening by = slot.byRule();
        Opening left = slot.opening().orElseGet(() -> new Opening(by.opens(), by.closes(), by.opens()));
        if (!left.equals(was)) {
            turn.opening = Optional.of(left);
            turn.note(
                    "",
                    slot.why().isEmpty()
                            ? "no calendar cuts the opening of " + by.opens() + " any more"
                            : "nothing starts in the opening of " + by.opens() + " after " + left.startBefore() + ": "
                                    + slot.why());
        }
    }

    private static void waitedFor(Turn turn, Opening was) {
        Optional<Slot> slot = turn.openings().at(was.opens());
        boolean passed = !turn.now.isBefore(was.startBefore());
        if (slot.isPresent() && slot.get().lost()) {
            turn.note(
                    "",
                    "the opening of " + was.opens() + " falls to " + slot.get().why() + "; " + turn.waiting()
                            + " hosts wait for the next");
            turn.opening = Optional.empty();
        } else if (passed) {
            slot.flatMap(Slot::opening).ifPresent(left -> turn.opening = Optional.of(left));
        } else {
            // An earlier one may be there again, where a freeze was lifted.
            turn.opening = turn.openings().usable(turn.now, turn.usedThrough);
            if (turn.state() == RolloutState.SCHEDULED
                    && turn.opening
                            .filter(next -> !next.opens().equals(was.opens()))
                            .isPresent()) {
                Settling.explainOpening(turn);
            }
        }
    }

    /** Whether an offer that nobody took yet must not be taken any more, though it says that it may. */
    static boolean withdraws(Turn turn, HostProgress host) {
        if (turn.plan.window().calendars().isEmpty() || host.opening().isEmpty()) {
            return false;
        }
        Opening offered = host.opening().get();
        return turn.now.isBefore(offered.startBefore())
                && turn.openings()
                        .at(offered.opens())
                        .filter(slot -> slot.opening()
                                .filter(left -> turn.now.isBefore(left.startBefore()))
                                .isEmpty())
                        .isPresent();
    }

    /** While calendars alone keep the window shut: says so, and looks again when the opening that they take is over. */
    static boolean waits(Turn turn) {
        if (turn.plan.window().calendars().isEmpty()) {
            return false;
        }
        Optional<Slot> hindered = turn.openings().hindered(turn.now, turn.usedThrough);
        hindered.ifPresent(slot -> {
            turn.lookAgain(slot.byRule().startBefore());
            if (turn.state() == RolloutState.SCHEDULED) {
                turn.explain("window " + turn.plan.window().name() + " stays shut: " + slot.why());
            }
        });
        return hindered.isPresent();
    }
}
