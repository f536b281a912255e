package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One run under strikes, and the judgement of its end.
 *
 * @param seed of what of the unsynced sectors a power cut leaves
 */
record FaultRound(Scenario scenario, List<Strike> strikes, long seed) {
    /** What came of it. */
    record Ending(RunState outcome, Map<Fault, Integer> struck, Simulation.Story story) {}

    /** @throws AssertionError a wrong ending; it says all that is needed to see it again */
    Ending play() throws Exception {
        FaultPlan plan = new FaultPlan(strikes);
        Simulation simulation = Simulation.struck(scenario, plan, new Random(seed));
        try {
            Simulation.Story story = simulation.tell();
            Promise.holds(story);
            agree(story);
            return new Ending(story.outcome(), plan.struck(), story);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "a wrong ending under " + strikes + " of " + scenario + "\n" + simulation.log() + e.getMessage(),
                    e);
        }
    }

    /** The controller has what the journal has, and so one outcome. */
    private static void agree(Simulation.Story story) {
        assertThat(story.controller()).as("what the controller has").isEqualTo(story.journal());
        assertThat(story.controller().stream().filter(RunEvent::hasResult))
                .as("outcomes at the controller")
                .singleElement()
                .extracting(event -> event.getResult().getOutcome())
                .isEqualTo(story.outcome());
        Instant closes = Instants.of(story.scenario().offer().getWindowCloses());
        if (story.deaths() > 0 && !story.clockCannotBeKnown()) {
            assertThat(story.ended()).as("the end of %s", story).isBeforeOrEqualTo(closes.plus(story.lost()));
        }
    }
}
