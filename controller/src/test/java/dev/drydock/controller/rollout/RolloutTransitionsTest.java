package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutTransitionsTest {
    private static final Path DIAGRAM = Path.of("../docs/state-machines-rollout.md");

    @Test
    void everyMoveIsMade() {
        Set<Transition> made = new HashSet<>();
        for (long seed = 0; seed < 600; seed++) {
            EnumSet<Simulation.Trouble> troubles = EnumSet.allOf(Simulation.Trouble.class);
            if (seed % 3 == 0) {
                troubles.remove(Simulation.Trouble.ABORT);
            }
            made.addAll(new Simulation(seed, troubles, 8, rollout -> rollout).run());
        }

        made.addAll(soakingAborted());
        made.addAll(failedWhileSoaking());
        made.addAll(endedAfterItsWindow(RunState.SUCCEEDED));
        made.addAll(endedAfterItsWindow(RunState.REFUSED));
        made.addAll(endedWhilePaused(RunState.SUCCEEDED));
        made.addAll(endedWhilePaused(RunState.REFUSED));
        made.addAll(retriedWhileSoaking());
        made.addAll(awaiting().happens(new RolloutEvent.Abort(false)).moves);
        made.addAll(awaiting().happens(new RolloutEvent.Pause()).moves);
        made.addAll(awaiting().at(Plans.FIRST.startBefore()).moves);
        made.addAll(awaiting().run(2, RunState.ROLLED_BACK).moves);
        made.addAll(awaiting().happens(new RolloutEvent.Retry(Set.of())).moves);
        assertThat(RolloutTransitions.all().stream().filter(move -> !made.contains(move)))
                .as("moves that were not made")
                .isEmpty();
    }

    private static Story soaking() {
        return new Story(Plans.plan(5, Plans.strategy("2", "", "0", Duration.ofHours(1)), Plans.NIGHTLY));
    }

    private static Set<Transition> soakingAborted() {
        Story story = soaking().opens().run(1, RunState.SUCCEEDED).run(2, RunState.SUCCEEDED);
        return story.happens(new RolloutEvent.Abort(false)).moves;
    }

    /** An offer that counted as expired had been taken: its agent was cut off, and tells of the failure only now. */
    private static Set<Transition> failedWhileSoaking() {
        Story story = soaking().opens().run(1, RunState.SUCCEEDED).away(Map.of("h-2", "offline"));
        return story.run(2, RunState.EXPIRED).run(2, RunState.ROLLED_BACK).moves;
    }

    private static Set<Transition> retriedWhileSoaking() {
        Story story = soaking().opens().run(1, RunState.SUCCEEDED).away(Map.of("h-2", "offline"));
        return story.run(2, RunState.EXPIRED).happens(new RolloutEvent.Retry(Set.of())).moves;
    }

    /** An offer to host 2 expired, and a second person has to approve the second wave. */
    private static Story awaiting() {
        Strategy strategy = Plans.approvedBefore(Plans.strategy("2", "", "0", Duration.ZERO), 2);
        Story story = new Story(Plans.plan(5, strategy, Plans.NIGHTLY)).opens().run(1, RunState.SUCCEEDED);
        story.away(Map.of("h-2", "offline")).run(2, RunState.EXPIRED).away(Map.of());
        assertThat(story.rollout.state()).isEqualTo(RolloutState.AWAITING_APPROVAL);
        return story;
    }

    private static Set<Transition> endedAfterItsWindow(RunState state) {
        Story story = new Story(Plans.plan(1, Plans.strategy("", "", "", Duration.ZERO), Plans.NIGHTLY)).opens();
        story.run(1, RunState.RUNNING).happens(new RolloutEvent.Pause()).at(Plans.FIRST.closes());
        return story.happens(new RolloutEvent.Resume()).run(1, state).moves;
    }

    private static Set<Transition> endedWhilePaused(RunState state) {
        Story story = new Story(Plans.plan(1, Plans.strategy("", "", "", Duration.ZERO), Plans.NIGHTLY)).opens();
        story.run(1, RunState.RUNNING).happens(new RolloutEvent.Pause());
        return story.run(1, state).moves;
    }

    @Test
    void everyStateIsReachedAndLeftUntilItHasEndedForGood() {
        for (RolloutState state : RolloutState.values()) {
            assertThat(RolloutTransitions.all().stream().anyMatch(move -> move.from() == state))
                    .as("a move leaves %s", state)
                    .isEqualTo(!state.ended()
                            || state == RolloutState.STOPPED
                            || state == RolloutState.COMPLETED_WITH_FAILURES);
            assertThat(state == RolloutState.SCHEDULED
                            || RolloutTransitions.all().stream().anyMatch(move -> move.to() == state))
                    .as("a move leads to %s", state)
                    .isTrue();
        }
    }

    /** Made anew with {@code -Ddrydock.docs=write}. */
    @Test
    void theDiagramIsUpToDate() throws IOException {
        if ("write".equals(System.getProperty("drydock.docs"))) {
            Files.writeString(DIAGRAM, diagram());
        }

        assertThat(Files.readString(DIAGRAM))
                .as("docs/state-machines-rollout.md; run this test with -Ddrydock.docs=write")
                .isEqualTo(diagram());
    }

    private static String diagram() {
        StringBuilder out = new StringBuilder("""
                # The states of a rollout

                Drawn by a test from `RolloutTransitions`, the one table of moves; do not edit. What the states mean and what leads
                from one to another is in [rollouts.md](rollouts.md).

                ```mermaid
                stateDiagram-v2
                    [*] --> SCHEDULED
                """);
        for (Transition move : RolloutTransitions.all()) {
            out.append("    ")
                    .append(move.from())
                    .append(" --> ")
                    .append(move.to())
                    .append(" : ")
                    .append(move.trigger().words())
                    .append('\n');
        }
        for (RolloutState state : RolloutState.values()) {
            if (state.ended()) {
                out.append("    ").append(state).append(" --> [*]\n");
            }
        }
        return out.append("```\n").toString();
    }
}
