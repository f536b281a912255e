package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Command;
import dev.drydock.controller.rollout.Decision;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutEvent.RunChanged;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.Transition;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.simulation.RolloutOutcome.Caught;
import dev.drydock.controller.window.Opening;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One rollout under simulation: asks the decision function, and keeps account of what follows. */
final class SimulatedRollout {
    private final int number;
    private final long release;
    private final Luck luck;
    private final Decider decider;
    private final Ledger ledger = new Ledger();
    private final Milestones milestones;
    private Rollout rollout;
    private long wake = Agenda.NEVER;
    private long last;
    private int open;
    private boolean away;
    private Optional<BitSet> awayAtCutoff = Optional.empty();
    private long decisions;
    private Optional<Caught> caught = Optional.empty();

    SimulatedRollout(int number, Rollout planned, Luck luck, Decider decider, long release) {
        this.number = number;
        this.rollout = planned;
        this.luck = luck;
        this.decider = decider;
        this.release = release;
        this.last = release;
        this.milestones = new Milestones(planned.hosts().size(), release);
    }

    int number() {
        return number;
    }

    Rollout rollout() {
        return rollout;
    }

    /** When it wants to be asked again for the sake of time; {@link Agenda#NEVER}: not before something happens. */
    long wake() {
        return wake;
    }

    long decisions() {
        return decisions;
    }

    boolean ended() {
        return rollout.state().ended();
    }

    /** @return what is to be done; the tick is kept here */
    List<Command> decide(RolloutEvent event, long now) {
        ledger.passed(last, now, open);
        last = now;
        if (event instanceof RolloutEvent.HostsSeen seen) {
            away = !seen.unready().isEmpty();
        }
        if (event instanceof RolloutEvent.RunsChanged heard) {
            heard.reports().forEach(report -> hear(report, now));
        }
        if (awayAtCutoff.isEmpty() && pastCutoff(now)) {
            awayAtCutoff = Optional.of(awayNow());
        }
        Optional<Opening> before = rollout.opening();
        Decision decision = decider.decide(rollout, event, Instant.ofEpochSecond(now));
        decisions++;
        rollout = decision.rollout();
        for (Transition move : decision.moves()) {
            account(move, before, now);
        }
        wake = Agenda.NEVER;
        for (Command command : decision.commands()) {
            if (command instanceof Command.OfferRun) {
                open++;
            } else if (command instanceof Command.ScheduleTick tick) {
                wake = Seconds.up(tick.at());
            }
        }
        return decision.commands();
    }

    private void hear(RunChanged report, long now) {
        RunState before = host(report.hostId()).state();
        ledger.heard(report, before, now);
        if (before != RunState.LOST && ends(report)) {
            open--;
        }
        if (report.state() == RunState.SUCCEEDED) {
            milestones.patched(now);
        }
    }

    private static boolean ends(RunChanged report) {
        return RunStates.ended(report.state());
    }

    private HostProgress host(String id) {
        return rollout.hosts().get(Fleet.number(id));
    }

    private void account(Transition move, Optional<Opening> before, long now) {
        switch (move.trigger()) {
            case WINDOW_OPENED -> {
                awayAtCutoff = Optional.empty();
                rollout.opening().or(() -> before).ifPresent(ledger::opened);
            }
            case WINDOW_OVER -> left(false);
            case TOO_MANY_FAILED -> {
                left(true);
                caught = Optional.of(new Caught(
                        Instant.ofEpochSecond(now), rollout.currentWave(), rollout.reason(), failed(), begun(), 0, 0));
            }
            case ABORT -> left(true);
            default -> {}
        }
    }

    private boolean pastCutoff(long now) {
        return rollout.opening()
                .filter(opening -> now >= opening.startBefore().getEpochSecond())
                .isPresent();
    }

    private BitSet awayNow() {
        BitSet hosts = new BitSet();
        for (int i = 0; i < rollout.hosts().size(); i++) {
            HostProgress host = rollout.hosts().get(i);
            hosts.set(i, !host.done() && !host.unready().isEmpty());
        }
        return hosts;
    }

    /** What the opening left over: hosts that could have run, and those that could not, or came back after its cutoff. */
    private void left(boolean stopped) {
        int ready = 0;
        int left = 0;
        for (HostProgress host : rollout.hosts()) {
            if (host.waiting()) {
                boolean late = awayAtCutoff
                        .filter(hosts -> hosts.get(Fleet.number(host.host().id())))
                        .isPresent();
                if (host.unready().isEmpty() && !late) {
                    ready++;
                } else {
                    left++;
                }
            }
        }
        ledger.over(ready, left, stopped ? 0 : open, stopped);
    }

    private int failed() {
        return (int) rollout.hosts().stream().filter(HostProgress::failed).count();
    }

    private int begun() {
        return (int)
                rollout.hosts().stream().filter(host -> !host.runId().isEmpty()).count();
    }

    /** How many it has made use of. */
    int openings() {
        return ledger.size();
    }

    RolloutOutcome outcome() {
        Map<Bucket, Integer> buckets = new java.util.EnumMap<>(Bucket.class);
        Arrays.stream(Bucket.values()).forEach(bucket -> buckets.put(bucket, 0));
        int wouldHaveFailed = 0;
        for (HostProgress host : rollout.hosts()) {
            Bucket bucket = Bucket.of(host, rollout);
            buckets.merge(bucket, 1, Integer::sum);
            if (bucket == Bucket.SPARED) {
                Luck.Fate fate = luck.fate(Fleet.number(host.host().id()), number, host.attempts() + 1);
                wouldHaveFailed += fate == Luck.Fate.SUCCEEDS ? 0 : 1;
            }
        }
        int spared = buckets.getOrDefault(Bucket.SPARED, 0);
        int wouldFail = wouldHaveFailed;
        return new RolloutOutcome(
                number,
                Instant.ofEpochSecond(release),
                rollout.state(),
                rollout.reason(),
                rollout.endedAt(),
                buckets,
                milestones.reached(),
                ledger.openings(),
                caught.map(then -> new Caught(
                        then.at(), then.wave(), then.why(), then.failed(), then.begun(), spared, wouldFail)));
    }

    /** Hosts are away that could run now if they came back. */
    boolean looksOut() {
        boolean open = rollout.state() == RolloutState.RUNNING || rollout.state() == RolloutState.SOAKING;
        return away
                && open
                && rollout.opening()
                        .filter(opening -> last < opening.startBefore().getEpochSecond())
                        .isPresent();
    }

    /** Nothing runs, and nothing can that is there: the rest of the opening changes nothing. */
    boolean nothingLeft() {
        return open == 0
                && ledger.size() > 0
                && rollout.currentWave() == rollout.plan().waves()
                && rollout.hosts().stream()
                        .noneMatch(host -> host.waiting() && host.unready().isEmpty());
    }

    boolean waitsForItsWindow() {
        return rollout.state() == RolloutState.SCHEDULED;
    }

    /** When how many percent of the hosts were patched. */
    private static final class Milestones {
        private static final int[] PERCENT = {50, 90, 99, 100};

        private final long[] at = new long[PERCENT.length];
        private final int hosts;
        private final long release;
        private int patched;

        Milestones(int hosts, long release) {
            this.hosts = hosts;
            this.release = release;
            Arrays.fill(at, Agenda.NEVER);
        }

        void patched(long now) {
            patched++;
            for (int i = 0; i < PERCENT.length; i++) {
                if (at[i] == Agenda.NEVER && (long) patched * 100 >= (long) PERCENT[i] * hosts) {
                    at[i] = now;
                }
            }
        }

        Map<Integer, Duration> reached() {
            Map<Integer, Duration> reached = new java.util.TreeMap<>();
            for (int i = 0; i < PERCENT.length; i++) {
                if (at[i] != Agenda.NEVER) {
                    reached.put(PERCENT[i], Duration.ofSeconds(at[i] - release));
                }
            }
            return reached;
        }
    }
}
