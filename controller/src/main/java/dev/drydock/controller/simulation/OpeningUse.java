package dev.drydock.controller.simulation;

import java.time.Instant;

/**
 * What a rollout made of one opening.
 *
 * @param begun runs that began
 * @param patched runs that succeeded
 * @param failed runs that rolled back, could not, or were lost
 * @param deferred runs that did not fit into what was left of it
 * @param outOfTime of the failed: those that its end turned back
 * @param leftOver hosts that were there and whose turn did not come, or that were deferred: for them it was too short
 * @param away hosts that were left and could not have taken a run (offline and the like)
 * @param silent runs that were still open when it closed, their hosts lost or hung; before the last wave they hold up the
 *     waves behind theirs until then, and no longer window would change that
 * @param usedShare of its length, how much had at least one run open, from 0 to 1
 * @param peak most runs open at once
 * @param lastStart when the last run began; {@code opens}: none did
 * @param lastEnd when the last end of a run was heard; {@code opens}: none was
 * @param stopped the rollout was stopped, paused or replaced in it: what it left over says nothing of its length
 */
public record OpeningUse(
        Instant opens,
        Instant closes,
        int begun,
        int patched,
        int failed,
        int deferred,
        int outOfTime,
        int leftOver,
        int away,
        int silent,
        double usedShare,
        int peak,
        Instant lastStart,
        Instant lastEnd,
        boolean stopped) {
    /** Its length was not what left hosts over, or not alone. */
    public boolean heldUp() {
        return silent > 0;
    }

    /** Hosts were left over for want of time alone. */
    public boolean tooShort() {
        return leftOver > 0 && !stopped;
    }
}
