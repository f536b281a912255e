package dev.drydock.controller.rollout;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Hosts that match only after the rollout was made: they join the last wave while that has not begun, else it is on record that they did not. */
final class Newcomers {
    private static final String TOO_LATE = "matches since ";

    private Newcomers() {}

    static void take(Turn turn, List<Candidate> newcomers) {
        if (turn.state().ended() || turn.state() == RolloutState.STOPPING) {
            return;
        }
        boolean begun = turn.startedAt.isPresent() && turn.currentWave == turn.plan.waves();
        List<PlannedHost> joined = new ArrayList<>();
        List<Exclusion> late = new ArrayList<>();
        for (Candidate host : newcomers) {
            if (turn.plan.position(host.id()).isPresent()) {
                continue;
            }
            if (!begun) {
                joined.add(new PlannedHost(host.id(), host.name(), turn.plan.waves(), host.cluster()));
            } else if (turn.plan.notIncluded().stream()
                    .noneMatch(left ->
                            left.host().equals(host.name()) && left.reason().startsWith(TOO_LATE))) {
                late.add(new Exclusion(
                        host.name(),
                        TOO_LATE + turn.now.truncatedTo(ChronoUnit.SECONDS) + ", when the last wave had begun"));
            }
        }
        if (!joined.isEmpty() || !late.isEmpty()) {
            turn.join(joined, late);
            joined.forEach(host -> turn.note(host.id(), "joined wave " + host.wave()));
            late.forEach(left -> turn.note("", left.host() + " is left out: " + left.reason()));
        }
    }
}
