package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.SimCheck.Kind;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.agent.run.Simulation.Story;
import dev.drydock.playbooks.model.Playbook.OnFailure;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows of every length, and everything in them as slow as it may be. */
class WindowEndTest {
    private static final Duration LONGEST = Duration.ofMinutes(50);
    private static final Duration STEP = Duration.ofSeconds(7);

    static Stream<Scenario> scenarios() {
        SimStep good = SimStep.good("a");
        SimStep slow = SimStep.of("slow", Fault.SLOW);
        return Stream.of(
                Scenario.of(good, SimStep.of("b", Fault.HANG)),
                Scenario.of(good, slow),
                Scenario.of(slow, SimStep.of("b", Fault.VERIFY)),
                Scenario.of(slow.checked(Kind.WELL_AGAIN, Kind.SLOW), SimStep.of("slow2", Fault.SLOW))
                        .verify(Kind.SLOW, Kind.WELL_AGAIN),
                Scenario.of(good, slow).verify(Kind.SLOW, Kind.SLOW),
                Scenario.of(good, SimStep.of("b", Fault.SLOW_PREPARE)).verify(Kind.SLOW),
                Scenario.of(slow.checked(Kind.SLOW)).verify(Kind.SLOW),
                Scenario.of(good.checked(Kind.SETTLES, Kind.WELL_AGAIN), slow).verify(Kind.SETTLES, Kind.ILL_LATE),
                Scenario.of(good, SimStep.of("b", Fault.ROLLBACK_LOCKED)).verify(Kind.ILL_LATE, Kind.WELL_AGAIN),
                Scenario.of(good, SimStep.good("b").within(Duration.ofMinutes(15)))
                        .onWindowEnd(OnWindowEnd.DEFER),
                Scenario.of(good, SimStep.reboot("r", Fault.NONE), slow).verify(Kind.SLOW),
                Scenario.of(good, slow, SimStep.service("s", Fault.SLOW)).verify(Kind.SLOW),
                Scenario.of(slow, SimStep.reboot("r", Fault.SLOW)).verify(Kind.SLOW),
                Scenario.of(good, SimStep.reboot("r", Fault.HANG)),
                Scenario.of(
                                good,
                                SimStep.reboot("r", Fault.NONE),
                                SimStep.good("b").within(Duration.ofMinutes(15)))
                        .onWindowEnd(OnWindowEnd.DEFER),
                Scenario.of(good, slow).verify(Kind.SLOW).onFailure(OnFailure.STOP));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everythingIsOverWhenTheWindowCloses(Scenario scenario) throws Exception {
        Set<RunState> outcomes = EnumSet.noneOf(RunState.class);
        for (Duration lasts = STEP; lasts.compareTo(LONGEST) < 0; lasts = lasts.plus(STEP)) {
            Story story = new Simulation(scenario.window(Duration.ZERO, lasts), Kills.none(), Power.STAYS).tell();
            Promise.holds(story);
            outcomes.add(story.outcome());
        }
        assertThat(outcomes).as("short windows change nothing, long ones do").hasSizeGreaterThan(1);
    }

    /** The host was down over the close: what is put back then is not judged before it could settle. */
    @Test
    void whatIsPutBackTooLateHasItsGraceAllTheSame() throws Exception {
        Scenario scenario = Scenario.of(SimStep.good("a"))
                .verify(Kind.SLOW, Kind.SETTLES)
                .window(Duration.ZERO, Duration.ofMinutes(30))
                .with(new Scenario.Happening.WallJump(Duration.ofSeconds(5), Duration.ofHours(1)));
        Set<RunState> outcomes = EnumSet.noneOf(RunState.class);
        for (int death = 1; death <= 40; death++) {
            Story story = new Simulation(scenario, new Kills(Set.of(death), Set.of()), Power.RESTARTS).tell();
            Promise.holds(story);
            outcomes.add(story.outcome());
        }
        assertThat(outcomes).contains(RunState.ROLLED_BACK);
    }
}
