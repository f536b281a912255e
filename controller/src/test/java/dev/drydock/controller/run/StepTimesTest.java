package dev.drydock.controller.run;

import static dev.drydock.proto.agent.v1.StepState.APPLIED;
import static dev.drydock.proto.agent.v1.StepState.STEP_ROLLED_BACK;
import static dev.drydock.proto.agent.v1.StepState.STEP_VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.StepTime;
import dev.drydock.proto.agent.v1.StepTransition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepTimesTest {
    @Test
    void fiveOfAHundredMayTakeLonger() {
        List<List<RunEvent>> journals = new ArrayList<>();
        for (int seconds = 1; seconds <= 100; seconds++) {
            journals.add(succeeded("patch", seconds));
        }
        assertThat(StepTimes.of(journals)).containsExactly(time("patch", 96));
    }

    @Test
    void fewSayNothing() {
        assertThat(StepTimes.of(Collections.nCopies(StepTimes.FEWEST - 1, succeeded("patch", 9))))
                .isEmpty();
        assertThat(StepTimes.of(Collections.nCopies(StepTimes.FEWEST, succeeded("patch", 9))))
                .containsExactly(time("patch", 10));
    }

    @Test
    void theWayBackCountsApartAndWhatWasNotVerifiedDoesNot() {
        List<RunEvent> back = List.of(
                Runs.took(1, "patch", APPLIED, Duration.ofSeconds(9)),
                Runs.took(2, "patch", STEP_ROLLED_BACK, Duration.ofSeconds(30)));
        assertThat(StepTimes.of(Collections.nCopies(StepTimes.FEWEST, back)))
                .containsExactly(StepTime.newBuilder()
                        .setStep("patch")
                        .setAction("os.packages")
                        .setBack(com.google.protobuf.Duration.newBuilder().setSeconds(30))
                        .build());
    }

    @Test
    void checksAreNotSteps() {
        RunEvent.Builder check = Runs.took(1, "up", STEP_VERIFIED, Duration.ofSeconds(9)).toBuilder();
        check.getStepBuilder().setPhase(StepTransition.Phase.PHASE_VERIFY);
        assertThat(StepTimes.of(Collections.nCopies(StepTimes.FEWEST, List.of(check.build()))))
                .isEmpty();
    }

    /** Verifying takes a second. */
    private static List<RunEvent> succeeded(String step, int seconds) {
        return List.of(
                Runs.took(1, step, APPLIED, Duration.ofSeconds(seconds)),
                Runs.took(2, step, STEP_VERIFIED, Duration.ofSeconds(1)));
    }

    private static StepTime time(String step, int seconds) {
        return StepTime.newBuilder()
                .setStep(step)
                .setAction("os.packages")
                .setForward(com.google.protobuf.Duration.newBuilder().setSeconds(seconds))
                .build();
    }
}
