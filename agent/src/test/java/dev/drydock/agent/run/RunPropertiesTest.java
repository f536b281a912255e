package dev.drydock.agent.run;

import dev.drydock.agent.run.Scenario.Happening;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.agent.run.Simulation.Story;
import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The promise, for any playbook, window, failure, death, broken disk, cancel and jump of the clock. */
class RunPropertiesTest {
    /** What a simulated host takes to boot. */
    private static final Duration BOOT = Duration.ofMinutes(1);

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void everyRunKeepsThePromise(
            @ForAll("scenarios") Scenario scenario,
            @ForAll("points") Set<Integer> deaths,
            @ForAll("fewPoints") Set<Integer> diskErrors,
            @ForAll Power power)
            throws Exception {
        Story story = new Simulation(scenario, new Kills(deaths, diskErrors), power).tell();
        Promise.holds(story);
        Statistics.label("outcome").collect(story.outcome()).coverage(coverage -> Stream.of(
                        RunState.SUCCEEDED,
                        RunState.ROLLED_BACK,
                        RunState.ROLLBACK_FAILED,
                        RunState.DEFERRED,
                        RunState.REFUSED,
                        RunState.EXPIRED,
                        RunState.CANCELLED)
                .forEach(outcome -> coverage.check(outcome).percentage(share -> share > 0.1)));
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whereNothingDiesItAlsoEndsBeforeTheWindowCloses(@ForAll("scenarios") Scenario scenario) throws Exception {
        Promise.holds(new Simulation(scenario, Kills.none(), Power.STAYS).tell());
    }

    @Provide
    Arbitrary<Set<Integer>> points() {
        return Arbitraries.integers().between(1, 90).set().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Set<Integer>> fewPoints() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Set.of())),
                Tuple.of(1, Arbitraries.integers().between(1, 90).set().ofMaxSize(2)));
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<List<SimCheck.Kind>> checks = Arbitraries.frequency(
                        Tuple.of(8, SimCheck.Kind.WELL),
                        Tuple.of(2, SimCheck.Kind.AILING),
                        Tuple.of(1, SimCheck.Kind.ILL_WHEN_CHANGED),
                        Tuple.of(2, SimCheck.Kind.SETTLES),
                        Tuple.of(1, SimCheck.Kind.ILL_LATE),
                        Tuple.of(2, SimCheck.Kind.WELL_AGAIN),
                        Tuple.of(1, SimCheck.Kind.SLOW),
                        Tuple.of(1, SimCheck.Kind.HARMED))
                .list()
                .ofMaxSize(3);
        Arbitrary<List<SimCheck.Kind>> preflight = Arbitraries.frequency(
                        Tuple.of(20, SimCheck.Kind.WELL), Tuple.of(1, SimCheck.Kind.BROKEN))
                .list()
                .ofMaxSize(2);
        return Combinators.combine(
                        steps(),
                        preflight,
                        checks,
                        Arbitraries.of(OnFailure.class),
                        Arbitraries.of(OnWindowEnd.class),
                        Arbitraries.integers().between(0, 90).map(Duration::ofMinutes),
                        Arbitraries.integers().between(1, 150).map(Duration::ofMinutes),
                        happenings())
                .as((steps, before, after, onFailure, onWindowEnd, opens, lasts, happenings) -> new Scenario(
                        steps,
                        before,
                        after,
                        onFailure,
                        onWindowEnd,
                        opens,
                        lasts,
                        happenings,
                        Scenario.Later.AS_BEFORE));
    }

    private static Arbitrary<List<Happening>> happenings() {
        Arbitrary<Duration> at = Arbitraries.integers().between(0, 9_000).map(Duration::ofSeconds);
        Arbitrary<Happening> cancel = Combinators.combine(
                        at, Arbitraries.of(CancelRun.Mode.MODE_IF_NOT_STARTED, CancelRun.Mode.MODE_ROLL_BACK))
                .as(Happening.Cancel::new);
        Arbitrary<Happening> jump = Combinators.combine(
                        at, Arbitraries.integers().between(-60, 60).map(Duration::ofMinutes))
                .as(Happening.WallJump::new);
        Arbitrary<Happening> leave = at.map(Happening.Leave::new);
        return Arbitraries.oneOf(cancel, jump, leave).list().ofMaxSize(3);
    }

    private static Arbitrary<List<SimStep>> steps() {
        Arbitrary<SimStep> step = Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.frequency(
                                Tuple.of(12, SimStep.Fault.NONE),
                                Tuple.of(1, SimStep.Fault.PLAN),
                                Tuple.of(1, SimStep.Fault.PREPARE),
                                Tuple.of(2, SimStep.Fault.APPLY),
                                Tuple.of(2, SimStep.Fault.HANG),
                                Tuple.of(2, SimStep.Fault.VERIFY),
                                Tuple.of(1, SimStep.Fault.SLOW),
                                Tuple.of(1, SimStep.Fault.SLOW_PREPARE),
                                Tuple.of(1, SimStep.Fault.ROLLBACK),
                                Tuple.of(2, SimStep.Fault.ROLLBACK_LOCKED),
                                Tuple.of(1, SimStep.Fault.VERIFY_ROLLBACK),
                                Tuple.of(1, SimStep.Fault.VERIFY_AND_ROLLBACK)),
                        Arbitraries.integers().between(0, 400).map(Duration::ofSeconds),
                        Arbitraries.integers().between(1, 30).map(Duration::ofMinutes),
                        Arbitraries.integers().between(1, 30).map(Duration::ofMinutes),
                        Arbitraries.frequency(
                                Tuple.of(6, Optional.<String>empty()),
                                Tuple.of(1, Optional.of("false")),
                                Tuple.of(1, Optional.of("true"))),
                        Arbitraries.frequency(
                                        Tuple.of(10, SimCheck.Kind.WELL),
                                        Tuple.of(1, SimCheck.Kind.ILL_WHEN_CHANGED),
                                        Tuple.of(1, SimCheck.Kind.SLOW),
                                        Tuple.of(1, SimCheck.Kind.SETTLES),
                                        Tuple.of(1, SimCheck.Kind.WELL_AGAIN))
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.integers().between(0, 15))
                .as((size, fault, takes, timeout, rollbackTimeout, when, checks, odd) -> new SimStep(
                        "x",
                        size,
                        fault,
                        takes,
                        timeout,
                        rollbackTimeout,
                        odd == 0,
                        odd == 1 || odd == 2,
                        odd == 1,
                        when,
                        checks,
                        odd > 12 ? SimStep.Kind.REBOOT : odd > 9 ? SimStep.Kind.SERVICE : SimStep.Kind.PARTS));
        return step.list().ofMinSize(1).ofMaxSize(4).map(RunPropertiesTest::named);
    }

    private static List<SimStep> named(List<SimStep> steps) {
        List<SimStep> named = new ArrayList<>();
        for (SimStep step : steps) {
            named.add(new SimStep(
                    "s" + named.size(),
                    step.reboots() ? 0 : step.size(),
                    step.fault(),
                    step.takes(),
                    step.reboots() ? step.timeout().plus(BOOT) : step.timeout(),
                    step.rollbackTimeout(),
                    step.done(),
                    step.irreversible(),
                    step.accepted(),
                    step.when(),
                    step.checks(),
                    step.kind()));
        }
        return named;
    }
}
