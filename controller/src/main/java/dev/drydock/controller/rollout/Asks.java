package dev.drydock.controller.rollout;

import dev.drydock.controller.rollout.HostProgress.Asked;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What is asked of runs that are open: to go back, not to begin; and the end of those that say nothing. */
final class Asks {
    /** How long until a run that could not be concluded is concluded again. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private Asks() {}

    /** Withdraws offers while nothing may begin, and has runs rolled back on abort. */
    static void cancel(Turn turn) {
        BitSet open = turn.standing().open();
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            HostProgress host = turn.host(i);
            Asked wanted = wanted(turn, host);
            if (wanted.compareTo(host.asked()) > 0) {
                turn.host(i, host.asking(wanted));
                send(turn, turn.host(i));
            }
        }
    }

    private static Asked wanted(Turn turn, HostProgress host) {
        if (turn.rollBack) {
            return Asked.ROLL_BACK;
        }
        return host.state() == RunState.OFFERED && (nothingBegins(turn) || Freezes.withdraws(turn, host))
                ? Asked.WITHDRAW
                : Asked.NOTHING;
    }

    private static boolean nothingBegins(Turn turn) {
        return turn.state() == RolloutState.PAUSED || turn.state() == RolloutState.STOPPING;
    }

    private static void send(Turn turn, HostProgress host) {
        turn.command(
                new Command.CancelRun(host.host().id(), host.runId(), host.asked() == Asked.ROLL_BACK, turn.reason()));
    }

    /** After a restart: whether what was commanded before was carried out is not known. */
    static void repeat(Turn turn) {
        turn.open().forEach(host -> {
            if (host.state() == RunState.OFFERED) {
                turn.command(new Command.OfferRun(
                        host.host().id(),
                        host.runId(),
                        host.opening().orElseThrow(),
                        host.deadline().orElseThrow()));
            }
            if (host.asked() != Asked.NOTHING) {
                send(turn, host);
            }
        });
    }

    static void concludeOverdue(Turn turn) {
        turn.open().forEach(host -> {
            if (host.state() == RunState.OFFERED) {
                host.acceptBy()
                        .filter(end -> !end.isAfter(turn.now))
                        .ifPresent(end -> conclude(
                                turn,
                                host,
                                RunState.EXPIRED,
                                (host.unready().isEmpty() ? "" : host.unready() + "; ")
                                        + "nobody took the offer before the window's cutoff"));
            } else {
                host.deadline()
                        .filter(end -> !end.isAfter(turn.now))
                        .ifPresent(end -> conclude(turn, host, RunState.LOST, "no result by " + end));
            }
        });
    }

    private static void conclude(Turn turn, HostProgress host, RunState state, String why) {
        turn.command(new Command.ConcludeRun(host.host().id(), host.runId(), state, why));
    }

    /** When time alone can change something next. */
    static Optional<Instant> nextTick(Turn turn) {
        Instant next = Instant.MAX;
        if (!turn.state().ended() && turn.state() != RolloutState.STOPPING && turn.opening.isPresent()) {
            for (Instant edge : edges(turn.opening.get())) {
                next = sooner(turn, next, edge);
            }
        }
        next = sooner(turn, next, turn.lookAgain().orElse(next));
        if (turn.state() == RolloutState.SOAKING) {
            next = sooner(turn, next, turn.soakUntil.orElse(next));
        }
        BitSet open = turn.standing().open();
        for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
            HostProgress host = turn.host(i);
            Instant end = (host.state() == RunState.OFFERED ? host.acceptBy() : host.deadline()).orElseThrow();
            next = sooner(turn, next, end.isAfter(turn.now) ? end : turn.now.plus(AGAIN));
        }
        return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
    }

    private static Instant sooner(Turn turn, Instant next, Instant other) {
        return other.isAfter(turn.now) && other.isBefore(next) ? other : next;
    }

    private static List<Instant> edges(Opening opening) {
        return List.of(opening.opens(), opening.startBefore(), opening.closes());
    }
}
