package dev.drydock.controller.api;

import static dev.drydock.controller.run.Runs.accepted;
import static dev.drydock.controller.run.Runs.result;
import static dev.drydock.controller.run.Runs.step;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class RunStepsTest {
    private static final Change PLANNED = Change.newBuilder().setName("planned").build();
    private static final Change DONE = Change.newBuilder().setName("done").build();

    @Test
    void theNewestTransitionKeepsWhatEarlierOnesSaid() {
        List<RunEvent> events = List.of(
                accepted(),
                with(step(2, 0, "Update", StepState.PREPARED), s -> s.addChanges(PLANNED)
                        .setTook(seconds(2, 600_000_000))
                        .setOutputFrom(0)
                        .setOutputTo(10)),
                with(step(3, 0, "Update", StepState.FAILED), s -> s.addChanges(DONE)
                        .setReason("postinst failed")
                        .setExitCode(1)
                        .setTook(seconds(3, 500_000_000))
                        .setOutputFrom(10)
                        .setOutputTo(30)),
                step(4, 1, "Reboot", StepState.SKIPPED),
                with(step(5, 0, "Update", StepState.STEP_ROLLED_BACK), s -> s.addEvidence("dpkg is clean")));

        assertThat(RunSteps.fold(events)).hasSize(2).first().satisfies(update -> {
            assertThat(update.getState()).isEqualTo(StepState.STEP_ROLLED_BACK);
            assertThat(update.getReason()).isEqualTo("postinst failed");
            assertThat(update.getExitCode()).isEqualTo(1);
            assertThat(update.getChangesList()).containsExactly(DONE);
            assertThat(update.getEvidenceList()).containsExactly("dpkg is clean");
            assertThat(update.getTook()).isEqualTo(seconds(6, 100_000_000));
            assertThat(update.getOutputFrom()).isZero();
            assertThat(update.getOutputTo()).isEqualTo(30);
        });
        assertThat(RunSteps.fold(events)).last().satisfies(reboot -> assertThat(reboot.getName())
                .isEqualTo("Reboot"));
        assertThat(RunSteps.outputEnd(events)).isEqualTo(30);
    }

    @Test
    void theSameIndexInAnotherPhaseIsAnotherStep() {
        RunEvent check = with(
                step(2, 0, "Pages", StepState.STEP_VERIFIED), s -> s.setPhase(StepTransition.Phase.PHASE_PREFLIGHT));
        assertThat(RunSteps.fold(List.of(check, step(3, 0, "Update", StepState.APPLIED))))
                .extracting(StepTransition::getName)
                .containsExactly("Pages", "Update");
    }

    @Test
    void theLastResultCounts() {
        assertThat(RunSteps.result(List.of(accepted()))).isEmpty();
        assertThat(RunSteps.result(List.of(accepted(), result(2, RunState.SUCCEEDED, "fine"))))
                .hasValueSatisfying(result -> assertThat(result.getReason()).isEqualTo("fine"));
        assertThat(RunSteps.outputEnd(List.of(accepted()))).isZero();
    }

    private static RunEvent with(RunEvent event, UnaryOperator<StepTransition.Builder> change) {
        return event.toBuilder()
                .setStep(change.apply(event.getStep().toBuilder()))
                .build();
    }

    private static Duration seconds(long seconds, int nanos) {
        return Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    }
}
