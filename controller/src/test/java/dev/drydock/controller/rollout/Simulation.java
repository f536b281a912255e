package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.window.Openings;
import dev.drydock.controller.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One rollout over a random fleet with everything that can go wrong: messages late, twice, lost and in any order; hosts away,
 * dead and coming back; a controller that dies after a decision is on record and before it is carried out; clocks that
 * jump; operators. Every decision is checked. The same seed gives the same story.
 */
final class Simulation {
    /** So many rounds of three minutes without another host that is done: it stands still. A large fleet may take weeks. */
    private static final int QUIET_ROUNDS = 6_000;

    /** What may happen to it, beside time and reports. */
    enum Trouble {
        AWAY,
        DEATH,
        RESTART,
        CLOCK_BACK,
        OPERATOR,
        ABORT,
        DISORDER,
        /** Waves wait for approvals, and hosts that ended badly are tried again. Last, so that older seeds tell the same stories. */
        SECOND_PERSON;

        /** @param bits one for each, by its place: a generated set's order is not the same in another JVM, and a failure's seed would not tell it */
        static Set<Trouble> of(int bits) {
            Set<Trouble> troubles = EnumSet.allOf(Trouble.class);
            troubles.removeIf(trouble -> (bits >> trouble.ordinal() & 1) == 0);
            return troubles;
        }
    }

    private final Random random;
    private final Set<Trouble> troubles;
    private final Invariants invariants;
    private final SimulatedFleet fleet;
    private final List<RolloutEvent.RunChanged> inbox = new ArrayList<>();
    private final Set<Transition> moves = new HashSet<>();
    private final UnaryOperator<Rollout> throughStore;
    private final Random second;
    private Rollout rollout;
    private boolean takingUp;
    private Instant now = Plans.BEFORE;
    private Instant nextTick = Instant.MIN;

    Simulation(long seed, Set<Trouble> troubles) {
        this(seed, troubles, 200, UnaryOperator.identity());
    }

    /** @param throughStore what comes back after a restart */
    Simulation(long seed, Set<Trouble> troubles, int maxHosts, UnaryOperator<Rollout> throughStore) {
        this.random = new Random(seed);
        this.second = new Random(seed ^ 0x5EC0);
        this.troubles = troubles.isEmpty() ? EnumSet.noneOf(Trouble.class) : EnumSet.copyOf(troubles);
        this.throughStore = throughStore;
        // Of a random of its own, so that the stories of older seeds stay what they were.
        boolean apart = new Random(seed ^ 0xA9A47).nextInt(3) == 0;
        RolloutPlan plan = plan(maxHosts, apart);
        this.invariants = new Invariants(new Openings(plan.window()));
        this.fleet = new SimulatedFleet(random, random.nextInt(3) * 0.08, inbox::add);
        this.rollout = RolloutMachine.planned(plan, fleet.away);
    }

    private RolloutPlan plan(int maxHosts, boolean apart) {
        String[] waves = {"", "1", "1,2", "10%,50%", "3", "100%"};
        String[] most = {"", "1", "3", "25%", "100%"};
        String[] thresholds = {"", "0", "1", "10%", "50%", "100%"};
        Duration[] soaks = {Duration.ZERO, Duration.ofMinutes(10), Duration.ofHours(3)};
        Window[] windows = {Plans.NIGHTLY, Plans.NIGHTLY, Plans.ONCE, Plans.window("FREQ=DAILY;COUNT=3")};
        // Mostly small: what goes wrong shows there, and thousands of stories fit into seconds.
        int hosts = 1 + random.nextInt(random.nextInt(16) == 0 ? maxHosts : Math.min(10, maxHosts));
        Strategy strategy = Plans.strategy(pick(waves), pick(most), pick(thresholds), pick(soaks));
        Strategy apartOrNot = apart ? Plans.apart(strategy) : strategy;
        Window window = pick(windows);
        if (troubles.contains(Trouble.SECOND_PERSON) && second.nextBoolean()) {
            Integer[] before = second.nextBoolean() ? new Integer[] {1} : new Integer[] {2, 3};
            return Plans.plan(hosts, Plans.approvedBefore(apartOrNot, before), window);
        }
        return Plans.plan(hosts, apartOrNot, window);
    }

    private <T> T pick(T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** @return the moves that were made */
    Set<Transition> run() {
        now = now.plusSeconds(random.nextInt(3) * 7_000L);
        happen(new RolloutEvent.Tick());
        int steps = 40 + Math.min(600, rollout.hosts().size() * 12);
        for (int i = 0; i < steps && !rollout.state().ended(); i++) {
            step();
            if (troubles.contains(Trouble.SECOND_PERSON) && second.nextInt(12) == 0) {
                secondPerson();
            }
        }
        settle();
        if (troubles.contains(Trouble.SECOND_PERSON)) {
            happen(new RolloutEvent.Retry(Set.of()));
            settle();
        }
        return moves;
    }

    Rollout rollout() {
        return rollout;
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 30) {
            actSomewhere();
        } else if (dice < 62) {
            deliver();
        } else if (dice < 80) {
            now = now.plusSeconds(1 + random.nextInt(random.nextInt(8) == 0 ? 40_000 : 240));
            happen(new RolloutEvent.Tick());
        } else if (dice < 88 && troubles.contains(Trouble.AWAY)) {
            String host = "h-" + (1 + random.nextInt(rollout.hosts().size()));
            if (fleet.away.remove(host) == null) {
                fleet.away.put(host, "offline");
            }
            happen(new RolloutEvent.HostsSeen(fleet.away));
        } else if (dice < 89 && troubles.contains(Trouble.DEATH)) {
            fleet.die("h-" + (1 + random.nextInt(rollout.hosts().size())));
        } else if (dice < 92 && troubles.contains(Trouble.RESTART)) {
            restart();
        } else if (dice < 94 && troubles.contains(Trouble.CLOCK_BACK)) {
            now = now.minusSeconds(random.nextInt(7_200));
            happen(new RolloutEvent.Tick());
        } else if (dice < 98 && troubles.contains(Trouble.OPERATOR)) {
            happen(random.nextInt(3) == 0 ? new RolloutEvent.Pause() : new RolloutEvent.Resume());
        } else if (dice < 99 && troubles.contains(Trouble.ABORT) && random.nextInt(4) == 0) {
            happen(new RolloutEvent.Abort(random.nextBoolean()));
        }
    }

    private void secondPerson() {
        int dice = second.nextInt(7);
        if (dice == 0) {
            String id = "h-" + (rollout.hosts().size() + 1);
            happen(new RolloutEvent.HostsMatch(List.of(new Candidate(id, "host-" + id, ""))));
        } else if (dice < 3) {
            HostProgress host =
                    rollout.hosts().get(second.nextInt(rollout.hosts().size()));
            happen(new RolloutEvent.Retry(
                    second.nextBoolean() ? Set.of() : Set.of(host.host().name())));
        } else {
            happen(new RolloutEvent.Approve(1 + second.nextInt(3), "anna", ""));
        }
    }

    private void actSomewhere() {
        List<SimulatedFleet.AgentRun> open = fleet.open();
        for (int i = 0; i < Math.min(4, open.size()); i++) {
            fleet.act(open.get(random.nextInt(open.size())), now, false);
        }
    }

    private void deliver() {
        if (inbox.isEmpty()) {
            return;
        }
        boolean disorder = troubles.contains(Trouble.DISORDER);
        int which = disorder ? random.nextInt(inbox.size()) : 0;
        boolean keep = disorder && random.nextInt(6) == 0;
        happen(keep ? inbox.get(which) : inbox.remove(which));
    }

    /** The controller is gone and back: what it had heard and not yet taken in is lost, what is on record is not. */
    private void restart() {
        inbox.clear();
        rollout = throughStore.apply(rollout);
        takeUp();
    }

    private void takeUp() {
        takingUp = true;
        List.copyOf(fleet.runs.values()).forEach(run -> happen(fleet.report(run)));
        happen(new RolloutEvent.HostsSeen(fleet.away));
        happen(new RolloutEvent.Recovered());
        takingUp = false;
    }

    /** All is well from here on: then it must come to an end by itself. */
    private void settle() {
        fleet.healAll();
        inbox.clear();
        takeUp();
        happen(new RolloutEvent.Resume());
        for (int wave = 1; wave <= rollout.plan().waves(); wave++) {
            happen(new RolloutEvent.Approve(wave, "anna", ""));
        }
        long done = done();
        for (int quiet = 0; quiet < QUIET_ROUNDS && !over(); quiet++) {
            fleet.open().forEach(run -> fleet.act(run, now, true));
            List<RolloutEvent.RunChanged> waiting = List.copyOf(inbox);
            inbox.clear();
            waiting.forEach(this::happen);
            // Where nothing runs, only the time that the rollout asked to be woken at can change something.
            boolean idle = fleet.open().isEmpty() && nextTick.isAfter(now);
            now = idle ? nextTick : now.plus(Duration.ofMinutes(3));
            happen(new RolloutEvent.Tick());
            if (done() > done) {
                done = done();
                quiet = 0;
            }
        }
        assertThat(over())
                .as("it ends: %s, %s", rollout.state(), rollout.reason())
                .isTrue();
        assertThat(rollout.endedAt()).isPresent();
    }

    private long done() {
        return rollout.hosts().stream().filter(HostProgress::done).count();
    }

    private boolean over() {
        return rollout.state().ended() && rollout.hosts().stream().noneMatch(HostProgress::open);
    }

    private void happen(RolloutEvent event) {
        Decision decision = RolloutMachine.decide(rollout, event, now);
        invariants.check(rollout, event, now, decision);
        moves.addAll(decision.moves());
        rollout = decision.rollout();
        List<Command> commands = decision.commands();
        // It may die after any of the commands; offers are on record with the decision.
        int carriedOut = troubles.contains(Trouble.RESTART) && !takingUp && random.nextInt(60) == 0
                ? random.nextInt(commands.size() + 1)
                : commands.size();
        nextTick = Instant.MIN;
        for (int i = 0; i < commands.size(); i++) {
            carryOut(commands.get(i), i < carriedOut);
        }
        if (carriedOut < commands.size()) {
            restart();
        }
    }

    private void carryOut(Command command, boolean alive) {
        switch (command) {
            case Command.OfferRun offer -> fleet.offer(offer);
            case Command.CancelRun cancel when alive -> fleet.cancel(cancel);
            case Command.ConcludeRun conclude when alive -> fleet.conclude(conclude);
            case Command.AllowReboot allow when alive -> fleet.letReboot(allow);
            case Command.ScheduleTick tick -> nextTick = tick.at();
            default -> {}
        }
    }
}
