package dev.drydock.controller.agents.session;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.offered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RebootLeave;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionCoreTest {
    private static final String HOST = "h-1";
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Run RUN = offered("r-1", HOST);

    private final SessionCore core = new SessionCore(HOST, AGAIN);

    private List<SessionCommand> open(Duration later, Run... runs) {
        return core.open(List.of(runs), List.of(), Map.of(), playbook -> List.of(), NOON.plus(later));
    }

    private static String offeredRun(List<SessionCommand> commands) {
        assertThat(commands).hasSize(1);
        return ((SessionCommand.Send) commands.getFirst()).message().getOffer().getRunId();
    }

    @Test
    void anOfferWithoutAnAnswerIsSentAgainAfterAWhileAndNotSooner() {
        assertThat(offeredRun(open(Duration.ZERO, RUN))).isEqualTo("r-1");
        assertThat(core.offersDue(NOON.plus(AGAIN).minusNanos(1))).isFalse();
        assertThat(open(AGAIN.minusNanos(1), RUN)).isEmpty();
        assertThat(core.offersDue(NOON.plus(AGAIN))).isTrue();
        assertThat(offeredRun(open(AGAIN, RUN))).isEqualTo("r-1");
        assertThat(core.offersDue(NOON.plus(AGAIN))).isFalse();
    }

    @Test
    void anAnsweredOfferIsNotSentAgain() {
        open(Duration.ZERO, RUN);
        core.reply(OfferReply.newBuilder().setRunId("r-1").setAccepted(true).build());
        assertThat(core.offersDue(NOON.plus(AGAIN))).isFalse();
        assertThat(open(AGAIN, RUN)).isEmpty();
        core.events("r-1", List.of(Runs.accepted()));
        assertThat(open(AGAIN.multipliedBy(9), RUN)).isEmpty();
    }

    @Test
    void anOfferOfARunThatHasEndedIsForgotten() {
        open(Duration.ZERO, RUN);
        assertThat(open(Duration.ZERO)).isEmpty();
        assertThat(core.offersDue(NOON.plus(AGAIN))).isFalse();
    }

    @Test
    void onlyRunsThatAreToBeAcceptedAreOffered() {
        Run running = Runs.offered("r-2", HOST);
        core.track("r-2", Optional.of(running), 0);
        core.events("r-2", List.of(Runs.accepted()));
        assertThat(open(Duration.ZERO, running)).isEmpty();
    }

    @Test
    void leaveToRebootIsSaidAgainUntilTheHostGoesDown() {
        Run waits = rebooting(Runs.step(2, 3, "Reboot", StepState.STEP_AWAITING_REBOOT));
        Run may = RunProjection.allowReboot(waits, 3);
        Run down = RunProjection.apply(may, Runs.step(3, 3, "Reboot", StepState.STEP_REBOOTING));

        assertThat(open(Duration.ZERO, waits)).isEmpty();
        assertThat(RunProjection.allowReboot(waits, 1)).as("of another step").isEqualTo(waits);
        for (int i = 0; i < 2; i++) {
            assertThat(open(Duration.ZERO, may))
                    .singleElement()
                    .isEqualTo(new SessionCommand.Send(ControllerMessage.newBuilder()
                            .setRebootLeave(
                                    RebootLeave.newBuilder().setRunId("r-1").setStep(3))
                            .build()));
        }
        assertThat(open(Duration.ZERO, down)).isEmpty();
    }

    private Run rebooting(RunEvent event) {
        Run run = RunProjection.apply(RunProjection.apply(RUN, Runs.accepted()), event);
        core.track("r-1", Optional.of(run), 0);
        return run;
    }

    @Test
    void aCancelGoesOutOnceAModeHoweverOftenItIsRead() {
        CancelRequest gentle = new CancelRequest("r-1", CancelRun.Mode.MODE_IF_NOT_STARTED, "paused");
        CancelRequest hard = new CancelRequest("r-1", CancelRun.Mode.MODE_ROLL_BACK, "aborted");
        assertThat(core.cancel(gentle)).hasSize(1);
        assertThat(core.cancel(gentle)).isEmpty();
        assertThat(core.cancel(hard)).hasSize(1);
        assertThat(core.open(List.of(), List.of(hard), Map.of(), playbook -> List.of(), NOON))
                .isEmpty();
    }

    @Test
    void aCancelledRunThatWasOfferedInThisSessionIsLeftToTheAgent() {
        open(Duration.ZERO, RUN);
        CancelRequest request = new CancelRequest("r-1", CancelRun.Mode.MODE_IF_NOT_STARTED, "aborted");
        assertThat(core.open(List.of(RUN), List.of(request), Map.of(), playbook -> List.of(), NOON))
                .singleElement()
                .isInstanceOf(SessionCommand.Send.class);
    }

    @Test
    void aRefusalCountsOnlyForWhatIsOnOffer() {
        core.track("r-1", Optional.of(RUN), 0);
        OfferReply no = OfferReply.newBuilder()
                .setRunId("r-1")
                .setReason("busy with another run")
                .setReasonCode("busy")
                .build();
        assertThat(core.reply(no))
                .containsExactly(new SessionCommand.Conclude("r-1", RunState.REFUSED, "busy: busy with another run"));
        core.events("r-1", List.of(Runs.accepted()));
        assertThat(core.reply(no)).singleElement().isInstanceOf(SessionCommand.Warn.class);
        core.track("r-9", Optional.empty(), 0);
        assertThat(core.reply(no.toBuilder().setRunId("r-9").build()))
                .singleElement()
                .isInstanceOf(SessionCommand.Warn.class);
    }

    @Test
    void remembersABoundedNumberOfRunsButNeverForgetsWhatIsUnderWay() {
        core.track("r-busy", Optional.of(offered("r-busy", HOST)), 0);
        core.events("r-busy", List.of(Runs.accepted()));
        for (int i = 0; i < 200; i++) {
            core.track("r-" + i, Optional.of(offered("r-" + i, HOST)), 0);
        }
        assertThat(core.tracks("r-busy")).isTrue();
        assertThat(core.tracks("r-199")).isTrue();
        assertThat(core.tracks("r-0")).isFalse();
        assertThatThrownBy(() -> core.eventsDurable("r-0", 1)).isInstanceOf(IllegalStateException.class);
    }
}
