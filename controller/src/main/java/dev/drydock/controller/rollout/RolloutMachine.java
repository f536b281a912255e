package dev.drydock.controller.rollout;

import dev.drydock.controller.rollout.Rollout.Stop;
import dev.drydock.controller.window.Blackouts;
import java.time.Instant;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rollout does next: (rollout, event, now) to (rollout, commands). Pure, total, and idempotent: an event that comes
 * twice, late or in another order leads to the same end. What it means is in docs/rollouts.md.
 */
public final class RolloutMachine {
    private RolloutMachine() {}

    /** A rollout to which nothing has happened yet; the first tick finds its opening. */
    public static Rollout planned(RolloutPlan plan, Map<String, String> unready) {
        List<HostProgress> hosts = plan.hosts().stream()
                .map(host -> HostProgress.planned(host, unready.getOrDefault(host.id(), "")))
                .toList();
        return new Rollout(
                plan,
                RolloutState.SCHEDULED,
                "",
                hosts,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Stop.NOT,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Of a rollout whose window names no calendar; one that does stays shut. */
    public static Decision decide(Rollout rollout, RolloutEvent event, Instant now) {
        return decide(rollout, event, now, Blackouts.NONE);
    }

    /** @param blackouts what calendars say now */
    public static Decision decide(Rollout rollout, RolloutEvent event, Instant now, Blackouts blackouts) {
        Turn turn = new Turn(rollout, now, blackouts);
        boolean timeOnly = false;
        switch (event) {
            case RolloutEvent.Tick tick -> timeOnly = true;
            case RolloutEvent.Recovered recovered -> {
                timeOnly = true;
                Asks.repeat(turn);
                Reboots.repeat(turn);
            }
            case RolloutEvent.RunChanged report -> RunReports.take(turn, report);
            case RolloutEvent.RunsChanged several -> several.reports().forEach(report -> RunReports.take(turn, report));
            case RolloutEvent.HostsSeen seen -> see(turn, seen.unready());
            case RolloutEvent.HostsMatch match -> Newcomers.take(turn, match.hosts());
            case RolloutEvent.Pause pause -> pause(turn);
            case RolloutEvent.Resume resume -> resume(turn);
            case RolloutEvent.Abort abort -> abort(turn, abort.rollBack());
            case RolloutEvent.Approve approve -> approve(turn, approve);
            case RolloutEvent.Retry retry -> Retries.take(turn, retry.hosts());
        }
        Freezes.apply(turn);
        Clusters.mark(turn);
        Settling.settle(turn);
        Asks.cancel(turn);
        Starts.offer(turn);
        Reboots.allow(turn);
        // What was lost and is tried again is under way now, and no longer a matter for a person.
        Clusters.mark(turn);
        if (timeOnly) {
            Asks.concludeOverdue(turn);
        }
        Asks.nextTick(turn).ifPresent(at -> turn.command(new Command.ScheduleTick(at)));
        return turn.done();
    }

    private static void see(Turn turn, Map<String, String> unready) {
        BitSet concerned = (BitSet) turn.standing().unready().clone();
        unready.keySet().forEach(host -> turn.plan.position(host).ifPresent(concerned::set));
        for (int i = concerned.nextSetBit(0); i >= 0; i = concerned.nextSetBit(i + 1)) {
            HostProgress host = turn.host(i);
            String why = unready.getOrDefault(host.host().id(), "");
            if (!host.done() && !why.equals(host.unready())) {
                turn.host(i, host.seen(why));
            }
        }
    }

    private static void pause(Turn turn) {
        if (turn.allows(Trigger.PAUSE)) {
            turn.move(Trigger.PAUSE, "paused by an operator");
        }
    }

    private static void resume(Turn turn) {
        if (turn.allows(Trigger.RESUME)) {
            turn.move(Trigger.RESUME, "resumed by an operator");
        }
    }

    private static void approve(Turn turn, RolloutEvent.Approve approve) {
        if (turn.approved(approve.wave())) {
            return;
        }
        turn.approvals.add(new Approval(approve.wave(), approve.by(), turn.now, approve.comment()));
        turn.approvals.sort(Comparator.comparingInt(Approval::wave));
        String said = "wave " + approve.wave() + " approved by " + approve.by();
        turn.note("", approve.comment().isEmpty() ? said : said + ": " + approve.comment());
        if (turn.state() == RolloutState.SCHEDULED) {
            Settling.explainOpening(turn);
        }
    }

    private static void abort(Turn turn, boolean rollBack) {
        boolean stopping = turn.state() == RolloutState.STOPPING;
        if (!stopping && !turn.allows(Trigger.ABORT)) {
            return;
        }
        turn.stop = Stop.ABORTED;
        turn.rollBack = turn.rollBack || rollBack;
        String why = turn.rollBack ? "aborted by an operator; what runs is rolled back" : "aborted by an operator";
        if (stopping) {
            // It was ending already, by itself or by an earlier abort; the operator's word is the one that counts.
            turn.explain(why);
        } else {
            turn.move(Trigger.ABORT, why);
        }
    }
}
