package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A service dies after the run's baseline, and the run goes back before the step that would have started it. */
class DyingServiceTest {
    private static final Strike DIES =
            Strike.atTime(dev.drydock.agent.run.Fault.SERVICE_DIES, Duration.ofSeconds(45), Duration.ofHours(3));

    /** Its second part, and so all that it changed, is put back in the 42nd second. */
    private static final SimStep FAILS = SimStep.of("a", Fault.VERIFY).taking(Duration.ofSeconds(12));

    @Test
    void isRevivedThoughTheStepsTurnNeverCame() throws Exception {
        Scenario scenario = Scenario.of(FAILS, SimStep.service("s", Fault.NONE));

        Simulation.Story story = tell(scenario);

        assertThat(story.host().outages()).hasSize(1);
        assertThat(story.outcome()).as("%s", story).isEqualTo(RunState.ROLLED_BACK);
        assertThat(RunFold.of(story.journal()).step(1))
                .satisfies(step -> assertThat(step.touched()).isFalse())
                .satisfies(step -> assertThat(step.state()).isEqualTo(StepState.STEP_ROLLED_BACK));
    }

    @Test
    void withoutAStepForItNobodyKnowsThatItRan() throws Exception {
        assertThat(tell(Scenario.of(FAILS)).outcome()).isEqualTo(RunState.ROLLBACK_FAILED);
    }

    private static Simulation.Story tell(Scenario scenario) throws Exception {
        FaultPlan plan = new FaultPlan(List.of(DIES));
        Simulation.Story story =
                Simulation.struck(scenario, plan, new Random(1)).tell();
        Promise.holds(story);
        return story;
    }
}
