package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.Check;
import dev.drydock.agent.journal.EventLog;
import dev.drydock.agent.journal.Journal;
import dev.drydock.agent.journal.LossyDisk;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Resumed;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Runs a playbook with the real engine on a simulated host, with the agent dying and coming back, until the run has ended. A
 * simulated controller hears of it.
 */
final class Simulation implements Catalog, WorkDirs {
    private static final int MAX_RESTARTS = 50;
    private static final Duration AGENT_RESTARTS = Duration.ofSeconds(5);
    private static final Duration HOST_RESTARTS = Duration.ofMinutes(1);

    /** As {@link RunTask} waits when its journal fails, and the controller before it offers again. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** What a kill does to changes of the host that are not on its disk yet. */
    enum Power {
        STAYS,
        /** Everything is on its disk, and the host comes back with another boot id. */
        RESTARTS,
        CUT_LOSES_HALF,
        CUT_LOSES_ALL
    }

    private final Scenario scenario;
    private final Kills kills;
    private final Power power;
    private final SimTime time = new SimTime();
    private final SimHost host = new SimHost();
    private final SimBoot boot = new SimBoot(time, this::wentDown);
    private final SimJournal journal;
    private final SimController controller = new SimController();
    private final List<RunEvent> heard = new ArrayList<>();
    private final Map<Long, Passing> passings = new TreeMap<>();
    private final Map<String, Action> actions = new TreeMap<>();
    private final Map<SimCheck.Kind, Check> checks = new EnumMap<>(SimCheck.Kind.class);
    private final Program program;
    private Estimates estimates = Estimates.NONE;
    private Inbox inbox = new Inbox();
    private int deaths;
    private int restarts;
    private Duration lost = Duration.ZERO;
    private Optional<ClockFile> clockFile = Optional.empty();
    private boolean clockCannotBeKnown;
    private boolean rebootsAllowed;

    Simulation(Scenario scenario, Kills kills, Power power) {
        this(scenario, kills, power, new SimJournal.Perfect());
    }

    private Simulation(Scenario scenario, Kills kills, Power power, SimJournal journal) {
        this.journal = journal;
        this.scenario = scenario;
        this.kills = kills;
        this.power = power;
        for (SimStep step : scenario.steps()) {
            actions.put(
                    "sim." + step.name(),
                    step.reboots() ? new SimReboot(step, boot, time, kills) : new SimAction(step, host, time, kills));
            step.parts().forEach(part -> host.install(part, step.done() ? "new" : "old"));
        }
        for (SimCheck.Kind kind : SimCheck.Kind.values()) {
            checks.put(kind, new SimCheck(kind, host, time));
        }
        this.program = program();
    }

    /** With the agent's own journal on a disk that can fail, under strikes. */
    static Simulation struck(Scenario scenario, FaultPlan plan, Random random) {
        SimJournal.OnDisk onDisk = new SimJournal.OnDisk(plan, random);
        Simulation simulation = new Simulation(scenario, plan, Power.STAYS, onDisk);
        plan.enter(simulation.new World(onDisk.disk()));
        return simulation;
    }

    /** What the host has learned before. */
    Simulation knowing(Estimates learned) {
        estimates = learned;
        return this;
    }

    private final class World implements FaultPlan.World {
        private final LossyDisk disk;

        private World(LossyDisk disk) {
            this.disk = disk;
        }

        @Override
        public void jumpClock(Duration by) {
            time.jumpWall(by);
        }

        @Override
        public void cutNetwork(Duration lasts) {
            controller.cut();
            time.in(lasts, () -> controller.connect(heard));
        }

        @Override
        public void holdLock(Duration lasts) {
            host.holdLock(time.trueTime().plus(lasts));
        }

        @Override
        public void fillDisk(Duration lasts) {
            Instant until = time.trueTime().plus(lasts);
            host.fill(until);
            disk.setFull(true);
            time.in(lasts, () -> disk.setFull(host.full(time.trueTime())));
        }

        @Override
        public void killService(Duration lasts) {
            host.killService(time.trueTime(), time.trueTime().plus(lasts));
        }

        @Override
        public void at(Duration sinceStart, Runnable what) {
            time.at(sinceStart, what);
        }
    }

    private Program program() {
        try {
            return Program.bind(scenario.playbook(), this, new Expressions() {
                @Override
                public boolean holds(String condition) {
                    return Boolean.parseBoolean(condition);
                }

                @Override
                public Args resolve(Args args) {
                    return args;
                }
            });
        } catch (UnusablePlaybookException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<Action> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    @Override
    public Optional<Check> check(String name) {
        return Optional.ofNullable(checks.get(SimCheck.Kind.valueOf(name.substring("sim.check.".length()))));
    }

    @Override
    public Path ofStep(int index) {
        return Path.of("/nowhere");
    }

    @Override
    public Path emptyOfStep(int index) {
        return Path.of("/nowhere");
    }

    @Override
    public Path ofChecks() {
        return Path.of("/nowhere");
    }

    /** Until the run has ended and the controller has heard of it. */
    Story tell() throws IOException, InterruptedException {
        Map<String, String> before = host.state();
        scenario.happenings().forEach(this::schedule);
        while (!RunFold.of(journal.events()).ended()) {
            live();
        }
        List<RunEvent> events = List.copyOf(journal.events());
        controller.connect(events);
        return new Story(
                scenario,
                program,
                events,
                controller.durable(),
                controller.sentAgain(),
                Map.copyOf(passings),
                before,
                host,
                boot,
                time.trueTime(),
                deaths,
                lost,
                clockCannotBeKnown);
    }

    /** The journal as it is now, for a person. */
    String log() {
        return text(journal.events()) + host.mutations() + "\n" + host.state() + "\n";
    }

    private static String text(List<RunEvent> events) {
        StringBuilder text = new StringBuilder();
        for (RunEvent event : events) {
            text.append(Instants.of(event.getAt()))
                    .append(' ')
                    .append(describe(event))
                    .append('\n');
        }
        return text.toString();
    }

    private void schedule(Scenario.Happening happening) {
        switch (happening) {
            case Scenario.Happening.Cancel(Duration at, CancelRun.Mode mode) ->
                time.at(at, () -> inbox.put(CancelRun.newBuilder().setMode(mode).build()));
            case Scenario.Happening.Leave(Duration at) ->
                time.at(at, () -> {
                    rebootsAllowed = true;
                    letReboot();
                });
            case Scenario.Happening.WallJump(Duration at, Duration by) -> time.at(at, () -> time.jumpWall(by));
        }
    }

    /** Also again, when the agent comes back or says it again. */
    private void letReboot() {
        if (rebootsAllowed) {
            RunFold.of(journal.events()).inOrder().forEach((position, step) -> {
                if (step.state() == StepState.STEP_AWAITING_REBOOT) {
                    inbox.mayReboot(position.index());
                }
            });
        }
    }

    private void live() throws IOException, InterruptedException {
        try {
            open();
        } catch (Kills.Killed e) {
            Power how = e.power().orElse(power);
            agentIsGone(e.wanted());
            if (how != Power.STAYS) {
                boot.anew();
                journal.cutPower(how != Power.RESTARTS);
            }
            switch (how) {
                case STAYS, RESTARTS -> host.sync();
                case CUT_LOSES_HALF -> host.powerCut(false);
                case CUT_LOSES_ALL -> host.powerCut(true);
            }
            down(how == Power.STAYS ? AGENT_RESTARTS : HOST_RESTARTS, e.wanted());
            clockCannotBeKnown |= how != Power.STAYS && !time.wallIsOff().isZero();
        } catch (JournalWriteException e) {
            // The agent lives on and opens the journal again.
            agentIsGone(false);
            host.sync();
            down(PAUSE, false);
        } finally {
            kills.agentLives(true);
            boot.agentLives(true);
        }
    }

    /** @param wanted by the run, which has its time for that */
    private void down(Duration duration, boolean wanted) {
        time.pass(duration);
        lost = wanted ? lost : lost.plus(duration);
    }

    /** The host goes down in order while there is no agent. */
    private void wentDown() {
        journal.cutPower(false);
        host.sync();
        clockCannotBeKnown |= !time.wallIsOff().isZero();
    }

    private void agentIsGone(boolean wanted) {
        kills.agentLives(false);
        boot.agentLives(false);
        deaths += wanted ? 0 : 1;
        died();
        controller.agentIsGone();
    }

    private void died() {
        if (++restarts > MAX_RESTARTS) {
            throw new AssertionError("the run does not end: " + journal.events());
        }
        // A cancel on its way is lost with the agent; the controller says it again.
        Inbox lost = inbox;
        inbox = new Inbox();
        for (Optional<CancelRun> cancel = lost.poll(); cancel.isPresent(); cancel = lost.poll()) {
            inbox.put(cancel.get());
        }
    }

    private void open() throws IOException, InterruptedException {
        Optional<EventLog> opened = openJournal();
        if (opened.isEmpty()) {
            return;
        }
        List<RunEvent> found = journal.events();
        boolean fresh = found.isEmpty();
        RunSnapshot run = RunFold.of(found);
        RunClock clock = fresh
                ? RunClock.startingAt(OfferWindow.now(scenario.offer(), time.wall()), time)
                : RunClock.resumed(clockFile, boot.id(), lastKnown(found), time);
        if (fresh) {
            // What time it is, a host whose clock is wrong when the offer comes cannot know.
            clockCannotBeKnown |= !time.wallIsOff().isZero();
            clockFile = clock.file(boot.id());
        }
        heard.clear();
        heard.addAll(found);
        hear();
        RunLog log = new RunLog(run, event -> append(opened.get(), event), clock, now -> hear());
        if (fresh) {
            log.accept(Accepted.newBuilder().setOffer(scenario.offer()).build(), time.wall());
        } else {
            log.append(RunEvent.newBuilder().setResumed(Resumed.newBuilder().setBootId(boot.id())));
            if (scenario.later() == Scenario.Later.PLAYBOOK_LOST && run.state() != RunState.ACCEPTED) {
                RunTask.lost(log, "the playbook is gone");
                return;
            }
        }
        if (scenario.later() == Scenario.Later.FORBIDDEN) {
            clock.awaitUntil(Instants.of(scenario.offer().getWindowOpens()), inbox);
            log.end(RunTrigger.NO_LONGER_ALLOWED, "the host's policy");
            return;
        }
        Cancels cancels = new Cancels(inbox, log);
        RunContext context = new RunContext(
                program,
                new Budget(program, estimates, Optional.empty()),
                log,
                clock,
                cancels,
                new NoOutput(),
                this,
                Path.of("/nothing-is-fetched-ahead"),
                boot.id());
        new RunDriver(context).run();
    }

    /** Empty when there is no space for a new journal: nothing is accepted, and the controller offers again. */
    private Optional<EventLog> openJournal() throws IOException {
        try {
            return Optional.of(journal.open());
        } catch (IOException e) {
            if (!journal.events().isEmpty()) {
                throw new JournalWriteException("the journal cannot be opened", e);
            }
            time.pass(PAUSE);
            return Optional.empty();
        }
    }

    private void hear() {
        letReboot();
        if (controller.reachable()) {
            controller.hear(heard);
        }
    }

    private static Instant lastKnown(List<RunEvent> found) {
        return found.stream()
                .map(event -> Instants.of(event.getAt()))
                .max(Instant::compareTo)
                .orElse(SimTime.START);
    }

    private void append(EventLog to, RunEvent event) throws IOException {
        assertThat(event.getSerializedSize()).isLessThanOrEqualTo(Journal.MAX_EVENT);
        int before = kills.count() + 1;
        kills.diskPoint("before " + describe(event));
        to.append(event);
        heard.add(event);
        passings.put(event.getSequence(), new Passing(before, kills.count() + 1));
        kills.diskPoint("after " + describe(event));
    }

    private static String describe(RunEvent event) {
        return switch (event.getEventCase()) {
            case STEP -> event.getStep().getName() + " " + event.getStep().getState();
            case RUN -> event.getRun().getTo().toString();
            case RESULT -> event.getResult().getOutcome().toString();
            default -> event.getEventCase().toString();
        };
    }

    private static final class NoOutput implements RunOutput {
        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void sync() {}
    }

    /** The points just before an event is written and just after it is durable. */
    record Passing(int before, int after) {}

    /**
     * What came of it.
     *
     * @param lost the time in which there was no agent to carry it on
     * @param controller what the controller has in the end
     * @param passings by sequence number, but for events in which the agent died
     */
    record Story(
            Scenario scenario,
            Program program,
            List<RunEvent> journal,
            List<RunEvent> controller,
            int sentAgain,
            Map<Long, Passing> passings,
            Map<String, String> before,
            SimHost host,
            SimBoot boot,
            Instant ended,
            int deaths,
            Duration lost,
            boolean clockCannotBeKnown) {
        RunState outcome() {
            return RunFold.of(journal).state();
        }

        String reason() {
            return RunFold.of(journal).reason();
        }

        @Override
        public String toString() {
            return text(journal) + host.mutations() + "\n" + host.state();
        }
    }
}
