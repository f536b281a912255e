package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A rollout and all that its next decision depends on. Immutable.
 *
 * @param reason why it stands where it stands, one line
 * @param hosts in the order of {@link RolloutPlan#hosts()}: by wave
 * @param currentWave from 1; the newest that has begun, or will begin with the next opening
 * @param opening the one in use, or the next
 * @param usedThrough when the last opening opened that this rollout made use of; none is used twice
 * @param soakUntil the next wave does not begin before
 * @param stop why it will not go on
 * @param rollBack what runs is to be rolled back (abort)
 * @param startedAt when it first made use of an opening
 * @param approvals one a wave at most, by wave
 */
public record Rollout(
        RolloutPlan plan,
        RolloutState state,
        String reason,
        List<HostProgress> hosts,
        int currentWave,
        Optional<Opening> opening,
        Optional<Instant> usedThrough,
        Optional<Instant> soakUntil,
        Stop stop,
        boolean rollBack,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        List<Approval> approvals) {
    public Rollout {
        hosts = HostList.of(hosts);
        approvals = List.copyOf(approvals);
    }

    /** Why a rollout does not go on. */
    public enum Stop {
        NOT,
        TOO_MANY_FAILED,
        NO_OPENING_LEFT,
        ABORTED
    }

    public String id() {
        return plan.id();
    }

    public String name() {
        return plan.name();
    }

    /** The first wave that has not begun and that nobody has approved though somebody has to. */
    public OptionalInt unapproved() {
        return IntStream.rangeClosed(begunThrough() + 1, plan.waves())
                .filter(wave -> plan.needsApproval(wave) && !approved(wave))
                .findFirst();
    }

    boolean approved(int wave) {
        return Approval.covers(approvals, wave);
    }

    private int begunThrough() {
        return startedAt.isPresent() ? currentWave : 0;
    }
}
