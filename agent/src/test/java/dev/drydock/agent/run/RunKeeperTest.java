package dev.drydock.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunKeeperTest {
    @TempDir
    Path root;

    private KeeperLab lab;

    @BeforeEach
    void open() throws IOException {
        lab = new KeeperLab(root);
    }

    @AfterEach
    void close() throws IOException {
        lab.close();
    }

    @Test
    void carriesAnAcceptedRunToItsEndAndTellsEverything() throws Exception {
        Set<String> told = ConcurrentHashMap.newKeySet();
        lab.keeper().listen(told::add);
        assertThat(accept("r1")).isTrue();
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.host).containsEntry("a", "new");
        assertThat(told).containsExactly("r1");
        List<RunEvent> events = lab.events("r1");
        assertThat(events).extracting(RunEvent::getSequence).isSorted().startsWith(1L, 2L);
        assertThat(events.getFirst().getAccepted().getOffer().getRunId()).isEqualTo("r1");
        assertThat(events.getFirst().getAccepted().getBootId()).isEqualTo("boot-1");
        assertThat(new String(lab.keeper().output("r1", 0, 1000), StandardCharsets.UTF_8))
                .isEqualTo("changing a\n");
        assertThat(lab.keeper().output("r1", 9, 1)).asString().isEqualTo("a");
        assertThat(lab.keeper().output("r1", 11, 10)).isEmpty();
    }

    @Test
    void aRunIsDeliveredWhenItHasEndedAndAllOfItIsDurableThere() throws Exception {
        accept("r1");
        lab.awaitEnd("r1");
        await().until(() -> lab.undelivered("r1").getOutputSize() > 0);
        Ack all = lab.everythingOf("r1");
        lab.keeper()
                .acked(all.toBuilder().setOutputSize(all.getOutputSize() - 1).build());
        lab.keeper()
                .acked(all.toBuilder().setSequence(all.getSequence() - 1).build().toBuilder()
                        .setOutputSize(0)
                        .build());
        assertThat(lab.keeper().undelivered()).extracting(OpenRun::getRunId).containsExactly("r1");
        assertThat(lab.files("r1").steps()).exists();

        lab.keeper().acked(all);
        await().until(() -> lab.keeper().undelivered().isEmpty());
        assertThat(lab.files("r1").delivered()).exists();
        assertThat(lab.files("r1").steps()).doesNotExist();
        assertThat(lab.files("r1").journal()).exists();
        assertThat(lab.keeper().knows("r1")).isTrue();
    }

    @Test
    void whatIsNotDeliveredIsOfferedAgainAfterARestart() throws Exception {
        accept("r1");
        lab.awaitEnd("r1");
        List<RunEvent> events = lab.events("r1");
        lab.restart();
        assertThat(lab.events("r1")).isEqualTo(events);
        assertThat(lab.keeper().output("r1", 0, 100)).asString().isEqualTo("changing a\n");
        lab.keeper().acked(lab.everythingOf("r1"));
        assertThat(lab.keeper().undelivered()).isEmpty();
        lab.restart();
        assertThat(lab.keeper().undelivered()).isEmpty();
    }

    @Test
    void aRecordThatWasPutBackGetsEveryRunThatIsStillHereAgain() throws Exception {
        assertThat(lab.keeper().deliveredTo("before")).as("the first").isFalse();
        accept("r1");
        lab.awaitEnd("r1");
        List<RunEvent> events = lab.events("r1");
        Ack all = lab.everythingOf("r1");
        lab.keeper().acked(all);
        lab.restart();
        assertThat(lab.keeper().deliveredTo("before")).isFalse();
        assertThat(lab.keeper().undelivered()).isEmpty();

        assertThat(lab.keeper().deliveredTo("put back")).isTrue();
        assertThat(lab.keeper().deliveredTo("put back")).as("once").isFalse();
        assertThat(lab.events("r1")).isEqualTo(events);
        assertThat(lab.keeper().output("r1", 0, 100)).asString().isEqualTo("changing a\n");
        lab.restart();
        assertThat(lab.keeper().undelivered()).extracting(OpenRun::getRunId).containsExactly("r1");
        lab.keeper().acked(all);
        assertThat(lab.keeper().undelivered()).isEmpty();
        assertThat(lab.calls).filteredOn("apply a"::equals).hasSize(1);
    }

    /** What the earlier record had of it says nothing of the one that was put back. */
    @Test
    void aRunThatWasOpenWhenTheRecordWasPutBackIsNotPastTooEarly() throws Exception {
        lab.keeper().deliveredTo("before");
        accept("r1");
        lab.awaitEnd("r1");
        Ack all = lab.everythingOf("r1");
        lab.keeper().acked(all.toBuilder().setOutputSize(0).build());
        lab.keeper().deliveredTo("put back");
        lab.keeper().acked(all.toBuilder().setSequence(1).build());
        assertThat(lab.keeper().undelivered()).extracting(OpenRun::getRunId).containsExactly("r1");
        lab.keeper().acked(all);
        assertThat(lab.keeper().undelivered()).isEmpty();
    }

    @Test
    void theSameOfferAgainStartsNothingNotEvenAfterARestart() throws Exception {
        Offer offer = lab.offer("r1").build();
        for (int i = 0; i < 3; i++) {
            assertThat(lab.keeper().offer(offer, lab.envelope()).getAccepted()).isTrue();
        }
        lab.awaitEnd("r1");
        lab.restart();
        assertThat(lab.keeper().offer(offer, new byte[0]).getAccepted()).isTrue();
        lab.keeper().acked(lab.everythingOf("r1"));
        assertThat(lab.keeper().offer(offer, new byte[0]).getAccepted()).isTrue();
        lab.restart();
        assertThat(lab.keeper().offer(offer, new byte[0]).getAccepted()).isTrue();
        assertThat(lab.calls).filteredOn("apply a"::equals).hasSize(1);
    }

    @Test
    void aRefusalIsRememberedAlsoWhenItsReasonHasGoneAndOverARestart() throws Exception {
        lab.writePolicy("allow: none\n");
        Offer offer = lab.offer("r1").build();
        OfferReply refused = lab.keeper().offer(offer, lab.envelope());
        assertThat(refused.getAccepted()).isFalse();
        assertThat(lab.keeper().knows("r1")).isTrue();
        lab.restart(() -> lab.writePolicy("windows: [night]\n"));
        assertThat(lab.keeper().offer(offer, lab.envelope())).isEqualTo(refused);
        assertThat(accept("r2")).isTrue();
    }

    @Test
    void oneRunAtATimeChangesTheHostAndTheOthersFollowInOrder() throws Exception {
        lab.closeGate("apply a");
        accept("r1", "a");
        lab.awaitCall("apply a");
        accept("r2", "b");
        accept("r3", "c");
        assertThat(lab.state("r2")).isEqualTo(RunState.ACCEPTED);
        assertThat(lab.state("r3")).isEqualTo(RunState.ACCEPTED);
        lab.openGate();
        assertThat(lab.awaitEnd("r3")).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.calls)
                .filteredOn(call -> call.startsWith("apply"))
                .containsExactly("apply a", "apply b", "apply c");
    }

    @Test
    void aRunThatWaitsForItsTurnCanBeCancelledAndCanExpire() throws Exception {
        lab.closeGate("apply a");
        accept("r1", "a");
        lab.awaitCall("apply a");
        accept("r2", "b");
        accept("r3", "c");
        lab.keeper().cancel(cancel("r2", CancelRun.Mode.MODE_IF_NOT_STARTED));
        assertThat(lab.awaitEnd("r2")).isEqualTo(RunState.CANCELLED);
        lab.time.pass(Duration.ofMinutes(121));
        assertThat(lab.awaitEnd("r3")).isEqualTo(RunState.EXPIRED);
        assertThat(lab.state("r1")).isEqualTo(RunState.RUNNING);
    }

    @Test
    void waitsForTheWindowToOpenAndDoesNotKeepOthersWaiting() throws Exception {
        Offer.Builder later = lab.offer("later");
        later.setWindowOpens(Instants.of(lab.time.wall().plus(Duration.ofHours(1))));
        assertThat(lab.keeper()
                        .offer(later.putParams("part", "z").build(), lab.envelope())
                        .getAccepted())
                .isTrue();
        accept("now", "a");
        assertThat(lab.awaitEnd("now")).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.calls).doesNotContain("plan z");
        lab.time.pass(Duration.ofHours(1));
        assertThat(lab.awaitEnd("later")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aCancelWithRollbackPutsTheOldStateBack() throws Exception {
        lab.closeGate("verify a");
        accept("r1");
        lab.awaitCall("verify a");
        lab.keeper().cancel(cancel("r1", CancelRun.Mode.MODE_ROLL_BACK));
        lab.openGate();
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.ROLLED_BACK);
        assertThat(lab.host).isEmpty();
    }

    @Test
    void theKillSwitchCountsForWhatWaitsAndNotForWhatRuns() throws Exception {
        lab.closeGate("apply a");
        accept("r1", "a");
        lab.awaitCall("apply a");
        accept("r2", "b");
        lab.writePolicy("allow: none\n");
        lab.openGate();
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.awaitEnd("r2")).isEqualTo(RunState.REFUSED);
        assertThat(lab.reason("r2")).contains("policy", "allow: none");
        assertThat(lab.host).containsOnlyKeys("a");
    }

    @Test
    void aSecondAgentOnTheSameDataIsKeptAway() {
        assertThatThrownBy(() -> new KeeperLab(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("uses");
    }

    @Test
    void saysWhatAPlaybookWouldChangeAndChangesNothing() throws Exception {
        PlanRequest request = PlanRequest.newBuilder()
                .setRequestId("p1")
                .setPlaybookDigest(lab.offer("x").getPlaybookDigest())
                .build();
        PlanReport report = lab.keeper().plan(request, lab.envelope());
        assertThat(report.getRefused()).isFalse();
        assertThat(report.getSteps(0).getChanges(0).getName()).isEqualTo("a");
        assertThat(lab.host).isEmpty();
        assertThat(lab.calls).containsExactly("plan a");
        assertThat(lab.keeper().plan(request, new byte[0]).getReason()).startsWith("signature");
    }

    /** The step may take ten minutes, and its way back too. */
    @Test
    void whatTheStepTookOnOtherHostsLetsItBeginInAShortWindow() throws Exception {
        Offer.Builder offer = lab.offer("r1")
                .setStartBefore(Instants.of(lab.time.wall().plus(Duration.ofMinutes(15))))
                .setWindowCloses(Instants.of(lab.time.wall().plus(Duration.ofMinutes(15))));
        lab.keeper().offer(offer.build(), lab.envelope());
        assertThat(lab.awaitEnd("r1")).isEqualTo(RunState.DEFERRED);

        StepTime quick = StepTime.newBuilder()
                .setStep("test.change")
                .setAction("test.change")
                .setForward(Instants.of(Duration.ofSeconds(20)))
                .build();
        StepTime other = quick.toBuilder().setAction("other.change").build();
        lab.keeper().offer(offer.setRunId("r2").addStepTimes(other).build(), lab.envelope());
        assertThat(lab.awaitEnd("r2")).isEqualTo(RunState.DEFERRED);
        lab.keeper().offer(offer.setRunId("r3").addStepTimes(quick).build(), lab.envelope());
        assertThat(lab.awaitEnd("r3")).isEqualTo(RunState.SUCCEEDED);
    }

    private boolean accept(String runId) throws IOException {
        return accept(runId, "a");
    }

    private boolean accept(String runId, String part) throws IOException {
        return lab.keeper()
                .offer(lab.offer(runId).putParams("part", part).build(), lab.envelope())
                .getAccepted();
    }

    private static CancelRun cancel(String runId, CancelRun.Mode mode) {
        return CancelRun.newBuilder().setRunId(runId).setMode(mode).build();
    }
}
