package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.run.Scenario.Happening.Cancel;
import dev.drydock.agent.run.Scenario.Happening.Leave;
import dev.drydock.agent.run.SimStep.Fault;
import dev.drydock.agent.run.Simulation.Power;
import dev.drydock.agent.run.Simulation.Story;
import dev.drydock.playbooks.model.Playbook.OnWindowEnd;
import dev.drydock.proto.agent.v1.CancelRun.Mode;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that reboots its host. */
class RebootStepTest {
    private static final SimStep BEFORE = SimStep.good("a");
    private static final SimStep REBOOT = SimStep.reboot("r", Fault.NONE);
    private static final Scenario ALL_WELL = Scenario.of(BEFORE, REBOOT, SimStep.good("b"));

    @Test
    void goesOnWithTheNextStepAfterTheBoot() throws Exception {
        Story story = tell(ALL_WELL, Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.boot().asked()).hasSize(1);
        assertThat(states(story, "r"))
                .containsSubsequence(
                        StepState.PREPARED,
                        StepState.STEP_REBOOTING,
                        StepState.APPLIED,
                        StepState.STEP_VERIFYING,
                        StepState.STEP_VERIFIED);
        assertThat(story.journal().stream().filter(event -> event.getStep().getState() == StepState.STEP_REBOOTING))
                .singleElement()
                .satisfies(event -> assertThat(event.getStep().getBootId()).isEqualTo("boot-0"));
    }

    @Test
    void isAskedForAgainWhenTheAgentDiedBetweenTheJournalAndTheReboot() throws Exception {
        Story story = tell(ALL_WELL, Kills.at(pointOf("before asking for a reboot")));

        assertThat(story.outcome()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.boot().asked()).hasSize(1);
        assertThat(states(story, "r"))
                .filteredOn(StepState.STEP_REBOOTING::equals)
                .hasSize(2);
    }

    @Test
    void isAskedForThreeTimesAtMost() throws Exception {
        int first = pointOf("before asking for a reboot");
        // Between two asks: two points for the record that the agent is back, two for the one that it asks again.
        Story story = tell(ALL_WELL, Kills.at(first, first + 5, first + 10));

        assertThat(story.outcome()).as("%s", story).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.reason()).contains("the host did not go down, although it was asked 3 times");
        assertThat(story.boot().asked()).isEmpty();
    }

    @Test
    void aHostThatDoesNotGoDownIsGivenHalfOfTheTime() throws Exception {
        Story story = tell(Scenario.of(BEFORE, SimStep.reboot("r", Fault.HANG)), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.reason()).contains("was asked to reboot and did not go down before");
        assertThat(story.ended()).isBefore(SimTime.START.plus(Duration.ofMinutes(4)));
    }

    @Test
    void aCancelComesTooLateForTheRebootAndInTimeForTheWayBack() throws Exception {
        Story story = tell(ALL_WELL.with(new Cancel(Duration.ofSeconds(17), Mode.MODE_ROLL_BACK)), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.reason()).startsWith("cancelled");
        assertThat(states(story, "r")).contains(StepState.APPLIED, StepState.STEP_ROLLED_BACK);
        assertThat(story.host().state()).isEqualTo(story.before());
    }

    @Test
    void waitsForTheControllersLeave() throws Exception {
        Story story = tell(ALL_WELL.with(new Leave(Duration.ofMinutes(20))), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.boot().asked()).singleElement().isEqualTo(SimTime.START.plus(Duration.ofMinutes(20)));
        assertThat(states(story, "r"))
                .containsSubsequence(
                        StepState.PREPARED,
                        StepState.STEP_AWAITING_REBOOT,
                        StepState.STEP_REBOOTING,
                        StepState.STEP_VERIFIED);
    }

    @Test
    void withoutLeaveInTimeTheRunGoesBack() throws Exception {
        Story story = tell(ALL_WELL.with(new Leave(Duration.ofHours(5))), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.reason()).contains("had no leave to reboot the host");
        assertThat(story.boot().asked()).isEmpty();
        assertThat(story.host().state()).isEqualTo(story.before());
    }

    @Test
    void withoutLeaveInTimeADeferrableRunKeepsWhatIsVerified() throws Exception {
        Story story = tell(ALL_WELL.onWindowEnd(OnWindowEnd.DEFER).with(new Leave(Duration.ofHours(5))), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.DEFERRED);
        assertThat(story.reason()).contains("had no leave to reboot the host");
    }

    @Test
    void aCancelEndsTheWaitForLeave() throws Exception {
        Story story = tell(
                ALL_WELL.with(new Leave(Duration.ofHours(5)), new Cancel(Duration.ofMinutes(10), Mode.MODE_ROLL_BACK)),
                Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(story.ended()).isBefore(SimTime.START.plus(Duration.ofMinutes(30)));
        assertThat(story.boot().asked()).isEmpty();
    }

    @Test
    void leaveIsForOneStepOnly() {
        Inbox inbox = new Inbox();

        inbox.mayReboot(2);

        assertThat(inbox.takeLeave(1)).isFalse();
        assertThat(inbox.takeLeave(2)).as("that wait is over").isFalse();
        inbox.mayReboot(2);
        assertThat(inbox.takeLeave(2)).isTrue();
        assertThat(inbox.takeLeave(2)).isFalse();
    }

    @Test
    void isSkippedWithItsReason() throws Exception {
        Story story = tell(Scenario.of(BEFORE, REBOOT.nothingToDo()), Kills.none());

        assertThat(story.outcome()).isEqualTo(RunState.SUCCEEDED);
        assertThat(story.journal().stream().filter(event -> event.getStep().getState() == StepState.SKIPPED))
                .singleElement()
                .satisfies(event -> assertThat(event.getStep().getReason()).isEqualTo("no reboot is required"));
        assertThat(story.boot().boots()).isZero();
    }

    private static Story tell(Scenario scenario, Kills kills) throws Exception {
        Story story = new Simulation(scenario, kills, Power.STAYS).tell();
        Promise.holds(story);
        return story;
    }

    private static List<StepState> states(Story story, String step) {
        return story.journal().stream()
                .map(RunEvent::getStep)
                .filter(event -> event.getName().equals(step))
                .map(event -> event.getState())
                .toList();
    }

    /** Of the run in which all is well. */
    private static int pointOf(String where) throws Exception {
        List<String> passed = new java.util.ArrayList<>();
        Kills listening = new Kills(java.util.Set.of(), java.util.Set.of()) {
            @Override
            void point(String here) {
                super.point(here);
                passed.add(here);
            }
        };
        Story unused = tell(ALL_WELL, listening);
        return passed.indexOf(where) + 1;
    }
}
