package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.action.Action;
import dev.drydock.agent.run.History.Key;
import dev.drydock.agent.run.History.Phase;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.agent.run.Simulation.Story;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimatesTest {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "PT10S, PT5S, , PT1M",
        "PT10M, PT2M, , PT12M",
        "PT10M, PT2M, PT45M, PT45M",
        "PT44M, PT2M, PT45M, PT46M",
    })
    void theWayForwardTakesWhatItTookAndNeverLessThanTheFloorOrWhatIsWritten(
            Duration apply, Duration verify, Duration written, Duration expected) {
        Estimates estimates = Estimates.of(history(apply, verify, Duration.ZERO), step -> "a");

        assertThat(estimates.forward(0, step(), Optional.ofNullable(written))).isEqualTo(expected);
    }

    @Test
    void theWayBackIsNeverTakenForShorterThanItsLimit() {
        assertThat(Estimates.of(history(LIMIT, LIMIT, Duration.ofSeconds(5)), step -> "a")
                        .back(0, step()))
                .isEqualTo(LIMIT);
        assertThat(Estimates.of(history(LIMIT, LIMIT, Duration.ofMinutes(40)), step -> "a")
                        .back(0, step()))
                .isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void otherHostsCountWhereThisOneDoesNotKnowAndForALongerWayBack() {
        Estimates own = new Estimates(
                step -> Optional.of(Duration.ofMinutes(2)).filter(known -> step == 0),
                step -> Optional.of(Duration.ofMinutes(31)));
        Estimates others = new Estimates(
                step -> Optional.of(Duration.ofMinutes(9)), step -> Optional.of(Duration.ofMinutes(40 - 15 * step)));

        assertThat(own.or(others).forward(0, step(), Optional.empty())).isEqualTo(Duration.ofMinutes(2));
        assertThat(own.or(others).forward(1, step(), Optional.empty())).isEqualTo(Duration.ofMinutes(9));
        assertThat(own.or(others).back(0, step())).isEqualTo(Duration.ofMinutes(40));
        assertThat(own.or(others).back(1, step())).isEqualTo(Duration.ofMinutes(31));
        assertThat(Estimates.NONE.or(Estimates.NONE).back(0, step())).isEqualTo(LIMIT);
    }

    @Test
    void withoutAHistoryTheLimitsCount() {
        assertThat(Estimates.NONE.forward(0, step(), Optional.empty())).isEqualTo(LIMIT);
        assertThat(Estimates.NONE.back(0, step())).isEqualTo(LIMIT);
    }

    /** A step of five minutes that always took seconds begins in a window into which five minutes do not fit. */
    @Test
    void whatIsKnownToBeQuickFitsIntoAShortWindow() throws Exception {
        Scenario scenario = Scenario.of(SimStep.good("a")).window(Duration.ZERO, Duration.ofMinutes(10));

        assertThat(tell(scenario, Estimates.NONE).outcome()).isEqualTo(RunState.DEFERRED);
        assertThat(tell(scenario, quick()).outcome()).isEqualTo(RunState.SUCCEEDED);
    }

    /** A history that is wrong costs the change, not the promise: all that is too slow now goes back in time. */
    @ParameterizedTest
    @CsvSource({"SLOW", "HANG", "NONE"})
    void aHistoryThatIsWrongDoesNotMoveTheWindowsEnd(Fault fault) throws Exception {
        for (int seconds = 7; seconds < 3_000; seconds += 7) {
            Scenario scenario = Scenario.of(SimStep.good("a"), SimStep.of("b", fault), SimStep.good("c"))
                    .onWindowEnd(seconds % 2 == 0 ? OnWindowEnd.DEFER : OnWindowEnd.ROLLBACK)
                    .window(Duration.ZERO, Duration.ofSeconds(seconds));
            Story unused = tell(scenario, quick());
        }
    }

    @Test
    void isLearnedFromWhatSucceededAndOutlivesTheAgent() throws Exception {
        Path file = directory.resolve("durations");
        Story story = tell(Scenario.of(SimStep.good("a")), Estimates.NONE);
        for (int i = 0; i < History.FEWEST; i++) {
            new HistoryFile(file).learn("simulated", story.journal());
        }

        Estimates learned = new HistoryFile(file).estimates(story.program());

        assertThat(learned.forward().apply(0)).hasValue(Duration.ofSeconds(11));
        assertThat(learned.back().apply(0)).isEmpty();
    }

    @Test
    void aFileThatIsDamagedIsBegunAnew() throws Exception {
        Path file = Files.writeString(directory.resolve("durations"), "no such line\n");
        Story story = tell(Scenario.of(SimStep.of("a", Fault.VERIFY)), Estimates.NONE);
        for (int i = 0; i < History.FEWEST; i++) {
            new HistoryFile(file).learn("simulated", story.journal());
        }

        Estimates learned = new HistoryFile(file).estimates(story.program());

        assertThat(learned.forward().apply(0))
                .as("it was applied and never verified")
                .isEmpty();
        assertThat(learned.back().apply(0)).isPresent();
    }

    private static Story tell(Scenario scenario, Estimates estimates) throws Exception {
        Story story = new Simulation(scenario, Kills.none(), Power.STAYS)
                .knowing(estimates)
                .tell();
        Promise.holds(story);
        return story;
    }

    private static Estimates quick() {
        return Estimates.of(history(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO), step -> "a");
    }

    private static History history(Duration apply, Duration verify, Duration rollback) {
        History history = History.NONE;
        for (int i = 0; i < History.FEWEST; i++) {
            history = history.with(new Key("a", Phase.APPLY), apply)
                    .with(new Key("a", Phase.VERIFY), verify)
                    .with(new Key("a", Phase.ROLLBACK), rollback);
        }
        return history;
    }

    private static BoundStep step() {
        SimTime time = new SimTime();
        Action action = new SimAction(SimStep.good("a"), new SimHost(), time, Kills.none());
        return new BoundStep("a", action, Args.NONE, Optional.empty(), List.of(), LIMIT, LIMIT, false);
    }
}
