package dev.drydock.controller.simulation;

import dev.drydock.controller.rollout.Command;
import dev.drydock.controller.rollout.HostProgress;
import dev.drydock.controller.rollout.Origin;
import dev.drydock.controller.rollout.PlannedHost;
import dev.drydock.controller.rollout.PlaybookVersion;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutEvent.RunChanged;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.RolloutPlan;
import dev.drydock.controller.simulation.Agents.Heard;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Lets a scenario happen in virtual time: from one instant at which something happens to the next. Of one thread; used once.
 */
final class Simulator {
    /** A rollout's view of which hosts are there is so many seconds old at most, or so many grains. */
    private static final long LOOK = 60;

    private static final long LOOK_GRAINS = 10;

    private final Scenario scenario;
    private final Progress progress;
    private final Fleet fleet;
    private final Luck luck;
    private final Availability availability;
    private final Agents agents;
    private final List<PlannedHost> order;
    private final Timeline timeline;
    private final BitSet patched = new BitSet();
    private final Map<Integer, SimulatedRollout> live = new TreeMap<>();
    private final List<RolloutOutcome> over = new ArrayList<>();
    private final int before;
    private final Decider decider;
    private final long look;
    private long looked;
    private int released;
    private long decisions;

    /** @param before how many releases were before the scenario's first */
    Simulator(Scenario scenario, int before, Decider decider, Progress progress) {
        this.scenario = scenario;
        this.before = before;
        this.decider = decider;
        this.released = before;
        this.progress = progress;
        Draws draws = new Draws(scenario.seed());
        long from = scenario.from().getEpochSecond();
        this.fleet = new Fleet(scenario, draws);
        this.luck = new Luck(fleet, draws);
        this.availability = fleet.availability(draws, from);
        this.agents = new Agents(availability, luck, scenario.grain().toSeconds());
        this.order = fleet.planned(scenario.strategy());
        this.timeline = new Timeline(from, scenario.until().getEpochSecond(), fleet.size());
        this.look = Math.max(LOOK, LOOK_GRAINS * scenario.grain().toSeconds());
    }

    /** @param enough ends it early */
    void run(Predicate<SimulatedRollout> enough) {
        long until = scenario.until().getEpochSecond();
        for (long now = next(); now < until; now = next()) {
            progress.reached(Instant.ofEpochSecond(now));
            timeline.passed(now);
            instant(now);
            if (live.values().stream().anyMatch(enough)) {
                return;
            }
            forget();
        }
        timeline.passed(until + 1);
    }

    private long next() {
        long next = Math.min(agents.next(), release());
        for (SimulatedRollout rollout : live.values()) {
            next = Math.min(next, rollout.wake());
            if (rollout.looksOut()) {
                next = Math.min(next, looked + look);
            }
        }
        return next;
    }

    private long release() {
        int next = released - before;
        return next < scenario.releases().size()
                ? Seconds.up(scenario.releases().get(next))
                : Agenda.NEVER;
    }

    private void instant(long now) {
        Map<Integer, List<RunChanged>> heard = byRollout(agents.due(now));
        if (release() <= now || now >= looked + look) {
            look(now);
        }
        heard.forEach((rollout, reports) -> decide(rollout(rollout), new RolloutEvent.RunsChanged(reports), now));
        for (SimulatedRollout rollout : List.copyOf(live.values())) {
            if (rollout.wake() <= now) {
                decide(rollout, new RolloutEvent.Tick(), now);
            }
        }
        if (release() <= now) {
            release(now);
        }
    }

    private SimulatedRollout rollout(int number) {
        SimulatedRollout rollout = live.get(number);
        if (rollout == null) {
            throw new IllegalStateException("a report for rollout " + number + ", of which none was awaited");
        }
        return rollout;
    }

    private void look(long now) {
        boolean changed = availability.advance(now);
        if (changed || live.size() > 1) {
            live.values().stream()
                    .filter(rollout -> !rollout.ended())
                    .toList()
                    .forEach(rollout -> decide(rollout, new RolloutEvent.HostsSeen(unready(rollout)), now));
        }
        looked = now;
    }

    /** Of the hosts that it is not done with. */
    private Map<String, String> unready(SimulatedRollout rollout) {
        Map<String, String> unready = new HashMap<>();
        if (live.size() > 1) {
            for (SyntheticRun run : agents.open()) {
                if (run.rollout != rollout.number()) {
                    put(rollout, run.host, Bucket.busy(run.id), unready);
                }
            }
        }
        availability.offline().stream().forEach(host -> put(rollout, host, Bucket.offline(), unready));
        return unready;
    }

    private static void put(SimulatedRollout rollout, int host, String why, Map<String, String> unready) {
        HostProgress progress = rollout.rollout().hosts().get(host);
        if (!progress.done()) {
            unready.put(progress.host().id(), why);
        }
    }

    private void release(long now) {
        if (scenario.supersede()) {
            for (SimulatedRollout older : List.copyOf(live.values())) {
                if (!older.ended()) {
                    decide(older, new RolloutEvent.Abort(false), now);
                }
            }
        }
        int number = ++released;
        timeline.released();
        RolloutPlan plan = plan(scenario, number, Instant.ofEpochSecond(now), order);
        SimulatedRollout rollout =
                new SimulatedRollout(number, RolloutMachine.planned(plan, Map.of()), luck, decider, now);
        live.put(number, rollout);
        decide(rollout, new RolloutEvent.HostsSeen(unready(rollout)), now);
        decide(rollout, new RolloutEvent.Tick(), now);
    }

    private void decide(SimulatedRollout rollout, RolloutEvent event, long now) {
        if (event instanceof RolloutEvent.RunsChanged heard) {
            heard.reports().forEach(report -> patched(rollout, report));
        }
        List<RunChanged> concluded = new ArrayList<>();
        for (Command command : rollout.decide(event, now)) {
            switch (command) {
                case Command.OfferRun offer -> agents.offer(rollout.number(), offer, attempt(rollout, offer), now);
                case Command.CancelRun cancel -> agents.cancel(cancel, now);
                case Command.ConcludeRun conclude ->
                    concluded.add(agents.conclude(conclude).report());
                case Command.AllowReboot allow ->
                    throw new IllegalStateException(
                            "no synthetic host waits to reboot, as " + allow.hostId() + " is said to");
                case Command.ScheduleTick tick -> {}
                case Command.Note note -> {}
            }
        }
        if (!concluded.isEmpty()) {
            decide(rollout, new RolloutEvent.RunsChanged(concluded), now);
        }
    }

    private static int attempt(SimulatedRollout rollout, Command.OfferRun offer) {
        return rollout.rollout().hosts().get(Fleet.number(offer.hostId())).attempts();
    }

    private void patched(SimulatedRollout rollout, RunChanged report) {
        if (report.state() == RunState.SUCCEEDED) {
            patched.set(Fleet.number(report.hostId()));
            if (rollout.number() == released) {
                timeline.patched();
            }
        }
    }

    private static Map<Integer, List<RunChanged>> byRollout(List<Heard> heard) {
        Map<Integer, List<RunChanged>> reports = new TreeMap<>();
        heard.forEach(word -> reports.computeIfAbsent(word.rollout(), any -> new ArrayList<>())
                .add(word.report()));
        return reports;
    }

    /** Rollouts of which nothing more will be heard cost memory only. */
    private void forget() {
        live.values().removeIf(rollout -> {
            boolean gone = rollout.ended() && !agents.awaited(rollout.number());
            if (gone) {
                over.add(rollout.outcome());
                decisions += rollout.decisions();
            }
            return gone;
        });
    }

    /** In the order of the releases. */
    List<RolloutOutcome> outcomes() {
        return Stream.concat(over.stream(), live.values().stream().map(SimulatedRollout::outcome))
                .sorted(Comparator.comparingInt(RolloutOutcome::number))
                .toList();
    }

    int neverPatched() {
        return fleet.size() - patched.cardinality();
    }

    List<SimulationResult.Point> upToDate() {
        return timeline.all();
    }

    /** How often the decision function was asked. */
    long decisions() {
        return decisions
                + live.values().stream().mapToLong(SimulatedRollout::decisions).sum();
    }

    static RolloutPlan plan(Scenario scenario, int number, Instant at) {
        return plan(scenario, number, at, new Fleet(scenario, new Draws(scenario.seed())).planned(scenario.strategy()));
    }

    private static RolloutPlan plan(Scenario scenario, int number, Instant at, List<PlannedHost> order) {
        return new RolloutPlan(
                "r" + number,
                "release-" + number,
                new PlaybookVersion("simulated", number, "0".repeat(64)),
                Map.of(),
                "true",
                scenario.window(),
                scenario.strategy(),
                order,
                List.of(),
                new Origin("simulation", at, Optional.empty()));
    }
}
