package dev.drydock.controller.rollout;

import dev.drydock.controller.window.Opening;
import java.time.Instant;
import java.util.BitSet;

/** Which hosts begin now: those of begun waves, in the rollout's order, as far as there is room. */
final class Starts {
    private Starts() {}

    static void offer(Turn turn) {
        if (turn.state() != RolloutState.RUNNING || !turn.admits()) {
            return;
        }
        Opening opening = turn.opening.orElseThrow();
        Instant deadline = opening.closes().plus(turn.plan.window().reserve());
        Clusters clusters = Clusters.of(turn);
        int room = turn.plan.limits().maxConcurrent() - turn.standing().open().cardinality();
        BitSet waiting = turn.standing().waiting();
        for (int i = waiting.nextSetBit(0); i >= 0 && room > 0; i = waiting.nextSetBit(i + 1)) {
            HostProgress host = turn.host(i);
            if (!turn.begun(host)) {
                break; // by wave: none of those behind it has begun
            }
            if (mayStart(host, opening) && clusters.admits(host)) {
                String runId = runId(turn.plan.id(), i, host.attempts() + 1);
                turn.host(i, host.offered(runId, opening, deadline));
                turn.command(new Command.OfferRun(host.host().id(), runId, opening, deadline));
                turn.note(host.host().id(), "offered, wave " + host.host().wave());
                clusters.enter(host);
                room--;
            }
        }
    }

    /** Once in an opening, but that a run that was withdrawn before it began does not count. */
    private static boolean mayStart(HostProgress host, Opening opening) {
        return host.waiting() && host.unready().isEmpty() && (!host.offeredIn(opening) || host.withdrawn());
    }

    /**
     * The same for the same decision, whoever makes it again: a controller that was restored from a backup offers the run
     * that the agent has done already, and learns its outcome.
     */
    static String runId(String rolloutId, int position, int attempt) {
        return rolloutId + "-" + (position + 1) + "-" + attempt;
    }
}
