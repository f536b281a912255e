package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.action.Action;
import dev.drydock.agent.action.Check;
import dev.drydock.agent.journal.Journal;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Resumed;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs a playbook with the real engine on a simulated host, with the agent dying and coming back, until the run has ended.
 * The journal is a list: what was appended is durable, what was not is gone.
 */
final class Simulation implements Catalog, WorkDirs {
    private static final int MAX_RESTARTS = 50;

    /** What a kill does to changes of the host that are not on its disk yet. */
    enum Power {
        STAYS,
        CUT_LOSES_HALF,
        CUT_LOSES_ALL
    }

    private final Scenario scenario;
    private final Kills kills;
    private final Power power;
    private final SimTime time = new SimTime();
    private final SimHost host = new SimHost();
    private final List<RunEvent> journal = new ArrayList<>();
    private final Map<String, Action> actions = new TreeMap<>();
    private final Map<SimCheck.Kind, Check> checks = new EnumMap<>(SimCheck.Kind.class);
    private final Program program;
    private Inbox inbox = new Inbox();
    private int deaths;
    private Optional<ClockFile> clockFile = Optional.empty();
    private String bootId = "boot-0";
    private boolean clockCannotBeKnown;

    Simulation(Scenario scenario, Kills kills, Power power) {
        this.scenario = scenario;
        this.kills = kills;
        this.power = power;
        for (SimStep step : scenario.steps()) {
            actions.put("sim." + step.name(), new SimAction(step, host, time, kills));
            step.parts().forEach(part -> host.install(part, step.done() ? "new" : "old"));
        }
        for (SimCheck.Kind kind : SimCheck.Kind.values()) {
            checks.put(kind, new SimCheck(kind, host, time));
        }
        this.program = program();
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

    /** Until the run has ended. */
    Story tell() throws IOException, InterruptedException {
        Map<String, String> before = host.state();
        scenario.happenings().forEach(this::schedule);
        while (!RunFold.of(journal).ended()) {
            live();
        }
        return new Story(
                scenario, program, List.copyOf(journal), before, host, time.trueTime(), deaths, clockCannotBeKnown);
    }

    private void schedule(Scenario.Happening happening) {
        switch (happening) {
            case Scenario.Happening.Cancel(Duration at, CancelRun.Mode mode) ->
                time.at(at, () -> inbox.put(CancelRun.newBuilder().setMode(mode).build()));
            case Scenario.Happening.WallJump(Duration at, Duration by) -> time.at(at, () -> time.jumpWall(by));
        }
    }

    private void live() throws IOException, InterruptedException {
        try {
            open();
        } catch (Kills.Killed e) {
            died();
            if (power != Power.STAYS) {
                bootId = "boot-" + deaths;
                clockCannotBeKnown |= !time.wallIsOff().isZero();
            }
            switch (power) {
                case STAYS -> host.sync();
                case CUT_LOSES_HALF -> host.powerCut(false);
                case CUT_LOSES_ALL -> host.powerCut(true);
            }
        } catch (JournalWriteException e) {
            // The agent lives on and opens the journal again.
            died();
            host.sync();
        }
    }

    private void died() {
        if (++deaths > MAX_RESTARTS) {
            throw new AssertionError("the run does not end: " + journal);
        }
        // A cancel on its way is lost with the agent; the controller says it again.
        Inbox lost = inbox;
        inbox = new Inbox();
        for (Optional<CancelRun> cancel = lost.poll(); cancel.isPresent(); cancel = lost.poll()) {
            inbox.put(cancel.get());
        }
    }

    private void open() throws IOException, InterruptedException {
        RunSnapshot run = RunFold.of(journal);
        RunClock clock = journal.isEmpty()
                ? RunClock.startingAt(OfferWindow.now(scenario.offer(), time.wall()), time)
                : RunClock.resumed(clockFile, bootId, lastKnown(), time);
        if (journal.isEmpty()) {
            clockFile = clock.file(bootId);
        }
        RunLog log = new RunLog(run, this::append, clock, now -> {});
        if (journal.isEmpty()) {
            log.accept(Accepted.newBuilder().setOffer(scenario.offer()).build(), time.wall());
        } else {
            log.append(RunEvent.newBuilder().setResumed(Resumed.newBuilder().setBootId(bootId)));
            if (scenario.playbookLost() && run.state() != RunState.ACCEPTED) {
                RunTask.lost(log, "the playbook is gone");
                return;
            }
        }
        Cancels cancels = new Cancels(inbox, log);
        RunContext context = new RunContext(
                program, new Budget(program, Optional.empty()), log, clock, cancels, new NoOutput(), this);
        new RunDriver(context).run();
    }

    private Instant lastKnown() {
        return journal.stream()
                .map(event -> Instants.of(event.getAt()))
                .max(Instant::compareTo)
                .orElse(SimTime.START);
    }

    private void append(RunEvent event) throws IOException {
        assertThat(event.getSerializedSize()).isLessThanOrEqualTo(Journal.MAX_EVENT);
        kills.diskPoint("before " + describe(event));
        journal.add(event);
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

    /** What came of it. */
    record Story(
            Scenario scenario,
            Program program,
            List<RunEvent> journal,
            Map<String, String> before,
            SimHost host,
            Instant ended,
            int deaths,
            boolean clockCannotBeKnown) {
        RunState outcome() {
            return RunFold.of(journal).state();
        }

        String reason() {
            return RunFold.of(journal).reason();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (RunEvent event : journal) {
                text.append(Instants.of(event.getAt()))
                        .append(' ')
                        .append(describe(event))
                        .append('\n');
            }
            return text.append(host.mutations())
                    .append('\n')
                    .append(host.state())
                    .toString();
        }
    }
}
