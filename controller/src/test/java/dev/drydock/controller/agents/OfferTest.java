package dev.drydock.controller.agents;

import static dev.drydock.controller.agents.DeliveryTest.ack;
import static dev.drydock.controller.agents.DeliveryTest.events;
import static dev.drydock.controller.agents.DeliveryTest.open;
import static dev.drydock.controller.run.Runs.offered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.agents.TestAgent.Connection;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Os;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OfferTest {
    @TempDir
    Path directory;

    private TestPlane plane;
    private TestAgent agent;

    @BeforeEach
    void start() throws Exception {
        plane = TestPlane.in(directory);
        agent = plane.agent("web");
    }

    @AfterEach
    void close() {
        agent.close();
        plane.close();
    }

    @Test
    void anOfferSaysAllOfTheRun() {
        plane.plane.admin().label("web", Map.of("tier", "front"), Set.of());
        Connection connection = agent.connect("i-1");
        plane.offer(offered("r-1", agent.hostId));
        Offer offer = connection.next().getOffer();
        assertThat(offer.getRunId()).isEqualTo("r-1");
        assertThat(offer.getRolloutId()).isEqualTo("o-1");
        assertThat(offer.getPlaybookName()).isEqualTo("web-monthly");
        assertThat(offer.getPlaybookVersion()).isEqualTo(7);
        assertThat(offer.getPlaybookDigest()).isEqualTo("d".repeat(64));
        assertThat(offer.getParamsMap()).isEqualTo(Map.of("site", "/var/www"));
        assertThat(offer.getLabelsMap()).isEqualTo(Map.of("role", "web", "tier", "front"));
        assertThat(offer.getWindowName()).isEqualTo("sunday-night");
        assertThat(offer.getWindowOpens().getSeconds()).isEqualTo(Runs.NOON.getEpochSecond());
        assertThat(offer.getStartBefore().getSeconds()).isEqualTo(Runs.NOON.getEpochSecond() + 1_800);
        assertThat(offer.getWindowCloses().getSeconds()).isEqualTo(Runs.NOON.getEpochSecond() + 3_600);
    }

    @Test
    void anOfferSaysWhatTheStepsTookOnHostsOfTheSameSystem() {
        try (TestAgent like = plane.agent("like");
                TestAgent unlike = plane.agent("unlike")) {
            runs("12", agent);
            runs("12", like);
            runs("13", unlike);
            for (int i = 0; i < 5; i++) {
                ended("like-" + i, like, 20);
                ended("unlike-" + i, unlike, 70);
            }
            Connection connection = agent.connect("i-1");
            plane.offer(offered("r-1", agent.hostId));
            assertThat(connection.next().getOffer().getStepTimesList())
                    .singleElement()
                    .satisfies(time -> {
                        assertThat(time.getStep()).isEqualTo("patch");
                        assertThat(time.getForward().getSeconds()).isEqualTo(21);
                    });
        }
    }

    private void runs(String version, TestAgent host) {
        Host facts = Host.newBuilder()
                .setOs(Os.newBuilder().setId("debian").setVersion(version))
                .build();
        assertThat(plane.hosts.reported(host.hostId, version, facts).join()).isTrue();
    }

    private void ended(String run, TestAgent host, int seconds) {
        plane.offer(offered(run, host.hostId));
        plane.runs
                .append(
                        run,
                        List.of(
                                Runs.accepted(),
                                Runs.transition(2, RunState.ACCEPTED, RunState.PREFLIGHT),
                                Runs.took(3, "patch", StepState.APPLIED, Duration.ofSeconds(seconds)),
                                Runs.took(4, "patch", StepState.STEP_VERIFIED, Duration.ofSeconds(1)),
                                Runs.result(5, RunState.SUCCEEDED, "")))
                .join();
    }

    @Test
    void anOfferThatWaitedGoesOutAtConnectionAndAgainUntilItIsAnswered() {
        plane.offer(offered("r-1", agent.hostId));
        Connection first = agent.connect("i-1");
        assertThat(first.next().getOffer().getRunId()).isEqualTo("r-1");
        first.drop();

        Connection second = agent.connect("i-1");
        assertThat(second.next().getOffer().getRunId()).isEqualTo("r-1");
        second.say(reply("r-1", true, "", ""));
        second.say(events("r-1", List.of(Runs.accepted())));
        assertThat(second.next().getAck()).isEqualTo(ack("r-1", 1, 0));
        plane.plane.dispatcher().wake(agent.hostId);
        second.drop();

        Connection third = agent.connect("i-1", open("r-1", 1, 0));
        plane.offer(offered("r-2", agent.hostId));
        assertThat(third.next().getOffer().getRunId()).isEqualTo("r-2");
    }

    @Test
    void wakingTooOftenOffersOnce() {
        Connection connection = agent.connect("i-1");
        plane.offer(offered("r-1", agent.hostId));
        for (int i = 0; i < 20; i++) {
            plane.plane.dispatcher().wake(agent.hostId);
        }
        plane.offer(offered("r-2", agent.hostId));
        assertThat(connection.next().getOffer().getRunId()).isEqualTo("r-1");
        assertThat(connection.next().getOffer().getRunId()).isEqualTo("r-2");
    }

    @Test
    void manyAreWokenAtOnceAndThoseThatAreAwayAreToldWhenTheyCome() {
        TestAgent other = plane.agent("web-2");
        TestAgent away = plane.agent("web-3");
        Connection connection = agent.connect("i-1");
        Connection second = other.connect("i-2");
        plane.record(offered("r-1", agent.hostId));
        plane.record(offered("r-2", other.hostId));
        plane.record(offered("r-3", away.hostId));
        List<String> all = List.of(agent.hostId, other.hostId, away.hostId, "h-none");
        plane.plane.dispatcher().wake(all);
        plane.plane.dispatcher().wake(all);
        assertThat(connection.next().getOffer().getRunId()).isEqualTo("r-1");
        assertThat(second.next().getOffer().getRunId()).isEqualTo("r-2");
        assertThat(away.connect("i-3").next().getOffer().getRunId()).isEqualTo("r-3");
        plane.offer(offered("r-4", agent.hostId));
        assertThat(connection.next().getOffer().getRunId()).as("r-1 only once").isEqualTo("r-4");
    }

    @Test
    void refusedIsOnRecordWithTheReason() {
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        connection.next();
        connection.say(reply("r-1", false, "signed by nobody that this host knows", "signature"));
        await().until(() -> plane.runs.find("r-1").orElseThrow().state() == RunState.REFUSED);
        assertThat(plane.runs.find("r-1").orElseThrow().reason())
                .isEqualTo("signature: signed by nobody that this host knows");
    }

    @Test
    void whatWasReadBeforeARefusalIsNotOfferedAfterIt() {
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        connection.next();
        AgentSession session = plane.plane.parts.registry().of(agent.hostId).orElseThrow();
        int before = session.told();
        OpenRuns read = plane.runs.openOn(List.of(agent.hostId)).getOrDefault(agent.hostId, OpenRuns.NONE);
        connection.say(reply("r-1", false, "signed by nobody that this host knows", "signature"));
        await().until(() -> plane.runs.find("r-1").orElseThrow().state() == RunState.REFUSED);
        session.wake(read, before);
        plane.offer(offered("r-2", agent.hostId));
        assertThat(connection.next().getOffer().getRunId()).as("r-1 is over").isEqualTo("r-2");
    }

    @Test
    void oneHostCannotRefuseWhatIsAnothersNorWhatItHasBegun() {
        plane.offer(offered("r-other", "h-other"));
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        connection.next();
        connection.say(reply("r-other", false, "no", "policy"));
        connection.say(events("r-1", List.of(Runs.accepted())));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 0));
        connection.say(reply("r-1", false, "no", "policy"));
        connection.say(reply("r-none", false, "no", "policy"));
        connection.say(events("r-1", List.of(Runs.accepted())));
        assertThat(connection.next().getAck()).isEqualTo(ack("r-1", 1, 0));
        assertThat(plane.runs.find("r-other").orElseThrow().state()).isEqualTo(RunState.OFFERED);
        assertThat(plane.runs.find("r-1").orElseThrow().state()).isEqualTo(RunState.ACCEPTED);
    }

    @Test
    void aCancelIsTold() {
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        connection.next();
        connection.say(events("r-1", List.of(Runs.accepted())));
        connection.next();
        cancel("r-1");
        CancelRun cancel = connection.next().getCancel();
        assertThat(cancel.getRunId()).isEqualTo("r-1");
        assertThat(cancel.getMode()).isEqualTo(CancelRun.Mode.MODE_ROLL_BACK);
        assertThat(cancel.getReason()).isEqualTo("aborted by ann");
        connection.drop();

        // Open still: told again to an agent that comes back.
        Connection again = agent.connect("i-1", open("r-1", 1, 0));
        assertThat(again.next().getCancel()).isEqualTo(cancel);
    }

    @Test
    void aCancelThatOvertookTheOfferIsToldAgainWhenTheAgentHasTheRun() {
        plane.offer(offered("r-1", agent.hostId));
        Connection connection = agent.connect("i-1");
        connection.next();
        cancel("r-1");
        assertThat(connection.next().getCancel().getRunId()).isEqualTo("r-1");
        connection.say(reply("r-1", true, "", ""));
        assertThat(connection.next().getCancel().getRunId()).isEqualTo("r-1");
    }

    @Test
    void whatWasCancelledBeforeItWasOfferedIsNeverOffered() {
        plane.offer(offered("r-1", agent.hostId));
        cancel("r-1");
        await().until(() -> !plane.runs
                .openOn(List.of(agent.hostId))
                .getOrDefault(agent.hostId, OpenRuns.NONE)
                .cancels()
                .isEmpty());
        Connection connection = agent.connect("i-1");
        assertThat(connection.next().hasCancel()).isTrue();
        await().until(() -> plane.runs.find("r-1").orElseThrow().state() == RunState.CANCELLED);
        plane.offer(offered("r-2", agent.hostId));
        assertThat(connection.next().getOffer().getRunId()).isEqualTo("r-2");
    }

    private void cancel(String runId) {
        plane.plane.dispatcher().cancel(agent.hostId, runId, CancelRun.Mode.MODE_ROLL_BACK, "aborted by ann");
    }

    @Test
    void hostsListenersHearOfComingAndGoing() {
        List<Boolean> online = new java.util.concurrent.CopyOnWriteArrayList<>();
        plane.plane.listen(() -> online.add(
                plane.plane.directory().find(agent.hostId).orElseThrow().online()));
        Connection connection = agent.connect("i-1");
        await().until(() -> online.contains(true));
        connection.drop();
        await().until(() -> !online.getLast());
    }

    @Test
    void closingTwiceDoesNoHarm() {
        plane.plane.close();
        plane.plane.close();
        plane.passes(Duration.ofHours(1));
    }

    private static AgentMessage.Builder reply(String runId, boolean accepted, String reason, String code) {
        return AgentMessage.newBuilder()
                .setOfferReply(OfferReply.newBuilder()
                        .setRunId(runId)
                        .setAccepted(accepted)
                        .setReason(reason)
                        .setReasonCode(code));
    }
}
