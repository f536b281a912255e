package dev.drydock.controller.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.v1.Explanation;
import dev.drydock.proto.v1.NextStep;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunExplanationTest {
    private static Run.Builder run(RunState state) {
        return Run.newBuilder()
                .setId("r-1")
                .setHost("web-01")
                .setRollout("web-nov")
                .setPlaybook("web@7")
                .setState(state);
    }

    private static StepTransition step(StepTransition.Phase phase, String name, StepState state, String reason) {
        return StepTransition.newBuilder()
                .setPhase(phase)
                .setName(name)
                .setState(state)
                .setReason(reason)
                .build();
    }

    @Test
    void whatWasPutBackSaysWhatFailedAndHowThatItIsBackWasProven() {
        Explanation answer = RunExplanation.of(
                run(RunState.ROLLED_BACK)
                        .setReason("http.check: 502, expected 200")
                        .addSteps(step(StepTransition.Phase.PHASE_STEPS, "Updates", StepState.STEP_ROLLED_BACK, ""))
                        .addSteps(step(
                                        StepTransition.Phase.PHASE_VERIFY,
                                        "Shop answers",
                                        StepState.FAILED,
                                        "502, expected 200")
                                .toBuilder()
                                .setExitCode(22))
                        .setResult(RunResult.newBuilder().addRollbackEvidence("openssl is 3.0.15 again"))
                        .build(),
                true);

        assertThat(answer.getSummary())
                .isEqualTo("Host web-01 was put back to where it came from, and that is verified:"
                        + " http.check: 502, expected 200.");
        assertThat(answer.getStatementsList())
                .extracting(Statement::getText)
                .contains(
                        "step 'Updates' was put back",
                        "the final check 'Shop answers' failed: 502, expected 200 (exit code 22)",
                        "proven after the way back: openssl is 3.0.15 again");
        assertThat(answer.getNextStepsList())
                .extracting(NextStep::getCommand)
                .containsExactly("drydock rollout retry web-nov");
    }

    @Test
    void anOfferThatNobodyTakesSaysWhetherTheHostIsThere() {
        assertThat(RunExplanation.of(run(RunState.OFFERED).build(), true).getNextStepsList())
                .isEmpty();
        assertThat(RunExplanation.of(run(RunState.OFFERED).build(), false).getNextStepsList())
                .extracting(NextStep::getCommand)
                .containsExactly("drydock explain web-01");
    }

    @Test
    void whereTheWayBackFailedAPersonIsCalledFor() {
        assertThat(RunExplanation.of(run(RunState.ROLLBACK_FAILED).build(), true)
                        .getNextStepsList())
                .extracting(NextStep::getCommand)
                .containsExactly("drydock run logs r-1", "drydock host drain web-01");
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
    void everyStateHasItsWords(RunState state) {
        assertThat(RunExplanation.of(run(state).build(), true).getSummary()).doesNotContain("does not know");
    }
}
