package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.drydock.agent.run.TimeSource;
import dev.drydock.agent.testing.FakeFacts;
import dev.drydock.agent.testing.FakeRuns;
import dev.drydock.agent.testing.TestCa;
import dev.drydock.agent.testing.TestController;
import dev.drydock.agent.testing.TestHost;
import dev.drydock.agent.testing.TestPlaybook;
import dev.drydock.agent.testing.TestSession;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsRequest;
import dev.drydock.proto.agent.v1.GoAway;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.Welcome;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.Status;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's session over real mutual TLS on loopback, against a test double of the controller. */
@Timeout(60)
class AgentSessionTest {
    @TempDir
    Path directory;

    private final TestCa ca = new TestCa();
    private final FakeRuns runs = new FakeRuns();
    private final FakeFacts facts = new FakeFacts();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private TestController controller;

    @SuppressWarnings("NullAway.Init")
    private TestHost host;

    @SuppressWarnings("NullAway.Init")
    private Thread thread;

    @BeforeEach
    void startController() throws Exception {
        controller = TestController.start(ca);
    }

    private void startAgent() throws Exception {
        host = TestHost.enrolled(controller, directory.resolve("identity"));
        AgentSession session = new AgentSession(
                new SessionSettings(
                        directory.resolve("playbooks"),
                        directory.resolve("status.json"),
                        "test",
                        "boot",
                        "instance",
                        java.time.Duration.ofHours(1),
                        java.time.Duration.ofHours(6)),
                host.identity(),
                host.store(),
                runs,
                facts,
                new ControllerArtifacts(),
                TimeSource.system(),
                new Randomness(new SecureRandom(), new Random(11)));
        thread = Thread.ofPlatform().daemon().name("session").start(() -> {
            try {
                end.complete(session.run());
            } catch (InterruptedException e) {
                end.complete("interrupted");
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
        controller.close();
    }

    private static List<Long> sequences(AgentMessage message) {
        assertThat(message.hasRunEvents()).as("%s", message).isTrue();
        return message.getRunEvents().getEventsList().stream()
                .map(RunEvent::getSequence)
                .toList();
    }

    private TestSession welcomed() throws Exception {
        TestSession stream = controller.session();
        stream.hello();
        stream.welcome();
        return stream;
    }

    @Test
    void connectsByItsCertificateAndTellsItsFacts() throws Exception {
        startAgent();
        TestSession stream = controller.session();
        Hello hello = stream.hello();
        assertThat(stream.serial()).isEqualTo(host.identity().certificate().getSerialNumber());
        assertThat(hello.getInstanceId()).isEqualTo("instance");
        stream.send(ControllerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder()
                        .setProtocol(1)
                        .setFactsWanted(true)
                        .setHeartbeatInterval(Duration.newBuilder().setNanos(200_000_000))));
        assertThat(stream.next().getFacts().getFacts().getKernel()).isEqualTo("6.1");
        assertThat(stream.nextOfAny().hasHeartbeat()).isTrue();
        await().untilAsserted(() -> assertThat(AgentStatus.read(directory.resolve("status.json"))
                        .orElseThrow()
                        .connectedSince())
                .isPresent());
    }

    @Test
    void aStreamThatDropsInARunIsTakenUpFromWhatIsDurable() throws Exception {
        runs.append("r", 4);
        runs.write("r", "0123456789".getBytes(StandardCharsets.UTF_8));
        startAgent();
        TestSession first = controller.session();
        first.hello();
        first.welcome();
        assertThat(sequences(nextOfRun(first))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(nextOfRun(first).getRunOutput().getData().toStringUtf8()).isEqualTo("0123456789");
        first.ack("r", 3, 4);
        await().until(() -> runs.acks.size() == 1);
        first.fail(Status.UNAVAILABLE);
        runs.append("r", 2);

        TestSession second = controller.session();
        assertThat(second.hello().getOpenRunsList()).singleElement().satisfies(run -> {
            assertThat(run.getRunId()).isEqualTo("r");
            assertThat(run.getLastSequence()).isEqualTo(6);
        });
        second.welcome(
                Ack.newBuilder().setRunId("r").setSequence(3).setOutputSize(4).build());
        assertThat(sequences(nextOfRun(second))).containsExactly(4L, 5L, 6L);
        assertThat(nextOfRun(second).getRunOutput().getData().toStringUtf8()).isEqualTo("456789");
        runs.end("r");
        assertThat(sequences(nextOfRun(second))).containsExactly(7L);
        second.ack("r", 7, 10);
        await().until(() -> runs.undelivered().isEmpty());
        assertThat(second.unread()).noneMatch(message -> message.hasRunEvents() || message.hasRunOutput());
    }

    @Test
    void aRunThatTheControllerDoesNotKnowIsSentFromTheFirstEvent() throws Exception {
        runs.append("r", 3);
        startAgent();
        TestSession stream = controller.session();
        stream.hello();
        stream.send(ControllerMessage.newBuilder()
                .setWelcome(Welcome.newBuilder().setProtocol(1).addUnknownRuns("r")));
        assertThat(sequences(nextOfRun(stream))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anOfferIsFetchedAcceptedAndItsEventsFollow() throws Exception {
        TestPlaybook playbook = TestPlaybook.signed("web");
        controller.contents.put(playbook.digest(), playbook.envelope());
        startAgent();
        TestSession stream = welcomed();
        Offer offer = Offer.newBuilder()
                .setRunId("r")
                .setPlaybookDigest(playbook.digest())
                .build();
        stream.send(ControllerMessage.newBuilder().setOffer(offer));
        AgentMessage one = nextOfRun(stream);
        AgentMessage two = nextOfRun(stream);
        assertThat(List.of(one, two))
                .anySatisfy(message -> assertThat(sequences(message)).containsExactly(1L));
        assertThat(List.of(one, two))
                .anySatisfy(message ->
                        assertThat(message.getOfferReply().getAccepted()).isTrue());
        assertThat(runs.envelopes).singleElement().isEqualTo(playbook.envelope());

        stream.send(ControllerMessage.newBuilder().setOffer(offer));
        assertThat(nextOfRun(stream).getOfferReply().getAccepted()).isTrue();
        assertThat(runs.envelopes).hasSize(1);
        assertThat(controller.fetches).hasSize(1);
    }

    private static AgentMessage nextOfRun(TestSession stream) throws Exception {
        AgentMessage message = stream.next();
        return message.hasFacts() ? stream.next() : message;
    }

    @Test
    void anOfferWhosePlaybookIsAnotherIsRefused() throws Exception {
        TestPlaybook playbook = TestPlaybook.signed("web");
        controller.contents.put(playbook.digest(), TestPlaybook.signed("evil").envelope());
        startAgent();
        TestSession stream = welcomed();
        stream.send(ControllerMessage.newBuilder()
                .setOffer(Offer.newBuilder().setRunId("r").setPlaybookDigest(playbook.digest())));
        OfferReply reply = nextOfRun(stream).getOfferReply();
        assertThat(reply.getAccepted()).isFalse();
        assertThat(reply.getReasonCode()).isEqualTo("digest");
        assertThat(runs.knows("r")).isFalse();
    }

    @Test
    void aTransferThatIsCutOffGetsNoAnswerAndTheNextOfferGoesOn() throws Exception {
        TestPlaybook playbook = TestPlaybook.signed("web");
        controller.contents.put(playbook.digest(), playbook.envelope());
        controller.cutFetchAfter = 120;
        controller.pin(playbook.signer());
        startAgent();
        TestSession stream = welcomed();
        Offer offer = Offer.newBuilder()
                .setRunId("r")
                .setPlaybookDigest(playbook.digest())
                .build();
        await().until(() -> {
            // As the controller does when an offer stays without an answer.
            stream.send(ControllerMessage.newBuilder().setOffer(offer));
            return runs.knows("r");
        });
        assertThat(controller.fetches).extracting(fetch -> fetch.getOffset()).containsExactly(0L, 120L);
        assertThat(stream.unread())
                .noneMatch(message ->
                        message.hasOfferReply() && !message.getOfferReply().getAccepted());
    }

    @Test
    void plansAndFactsAreToldWhenAskedFor() throws Exception {
        TestPlaybook playbook = TestPlaybook.signed("web");
        controller.contents.put(playbook.digest(), playbook.envelope());
        startAgent();
        TestSession stream = welcomed();
        stream.send(ControllerMessage.newBuilder()
                .setPlanRequest(PlanRequest.newBuilder().setRequestId("p").setPlaybookDigest(playbook.digest())));
        assertThat(nextOfRun(stream).getPlanReport().getRequestId()).isEqualTo("p");
        facts.set(Host.newBuilder().setKernel("6.2").build());
        stream.send(ControllerMessage.newBuilder()
                .setFactsRequest(FactsRequest.newBuilder().setRefresh(true)));
        await().until(() -> facts.gathered.contains(true));
        await().until(() -> stream.unread().stream()
                .anyMatch(message -> message.getFacts().getFacts().getKernel().equals("6.2")));
    }

    @Test
    void factsAreGatheredAgainWhenARunEnded() throws Exception {
        runs.append("r", 1);
        startAgent();
        TestSession stream = welcomed();
        assertThat(facts.gathered.take()).isFalse();
        facts.set(Host.newBuilder().setKernel("7.0").build());
        runs.end("r");
        await().until(() -> stream.unread().stream()
                .anyMatch(message -> message.getFacts().getFacts().getKernel().equals("7.0")));
    }

    @Test
    void comesBackNoMoreWhenItIsSentAwayForGood() throws Exception {
        startAgent();
        TestSession stream = welcomed();
        stream.send(ControllerMessage.newBuilder()
                .setGoAway(GoAway.newBuilder().setReason("revoked").setFinal(true)));
        assertThat(end.get()).isEqualTo("revoked");
        stream.awaitEnd();
        assertThat(controller.anotherSession()).isEmpty();
    }

    @Test
    void carriesItsRunsToTheirEndBeforeItLeavesForGood() throws Exception {
        runs.append("r", 2);
        startAgent();
        TestSession stream = welcomed();
        stream.send(ControllerMessage.newBuilder()
                .setGoAway(GoAway.newBuilder().setReason("revoked").setFinal(true)));
        stream.awaitEnd();
        assertThat(end).isNotDone();
        runs.end("r");
        assertThat(end.get()).isEqualTo("revoked");
    }

    @Test
    void goesWhereItIsSent() throws Exception {
        startAgent();
        try (TestController other = TestController.start(ca)) {
            TestSession stream = welcomed();
            stream.send(ControllerMessage.newBuilder()
                    .setGoAway(GoAway.newBuilder().setReason("balancing").setReconnectTo("127.0.0.1:" + other.port())));
            other.session().hello();
        }
    }

    @Test
    void aRenewedCertificateCountsOnceItIsWelcome() throws Exception {
        controller.lifetime = java.time.Duration.ofSeconds(25);
        startAgent();
        BigInteger old = host.identity().certificate().getSerialNumber();
        controller.lifetime = java.time.Duration.ofDays(1);
        TestSession first = welcomed();
        assertThat(first.serial()).isEqualTo(old);
        TestSession second = controller.session();
        assertThat(second.serial()).isNotEqualTo(old).isEqualTo(controller.renewals.getFirst());
        assertThat(host.store().load().orElseThrow().certificate().getSerialNumber())
                .isEqualTo(old);
        second.hello();
        second.welcome();
        await().untilAsserted(() -> assertThat(
                        host.store().load().orElseThrow().certificate().getSerialNumber())
                .isEqualTo(second.serial()));
    }

    @Test
    void aRenewedCertificateThatDoesNotWorkIsDroppedForTheOldOne() throws Exception {
        controller.lifetime = java.time.Duration.ofSeconds(25);
        startAgent();
        BigInteger old = host.identity().certificate().getSerialNumber();
        controller.lifetime = java.time.Duration.ofDays(1);
        TestSession first = controller.session();
        first.hello();
        controller.refuseRenewed = true;
        first.welcome();
        TestSession second = controller.session();
        assertThat(controller.renewals).hasSize(1);
        assertThat(second.serial()).isEqualTo(old);
        assertThat(host.store().load().orElseThrow().certificate().getSerialNumber())
                .isEqualTo(old);
    }

    @Test
    void aSlowControllerMakesTheAgentWaitAndNotPileUp() throws Exception {
        controller.slow = true;
        int size = 4 * 1024 * 1024;
        runs.append("r", 1);
        runs.write("r", new byte[size]);
        startAgent();
        TestSession stream = controller.session();
        stream.hello();
        stream.welcome();
        long received = 0;
        while (received < size) {
            stream.request(1);
            AgentMessage message = stream.nextOfAny();
            if (message.hasRunOutput()) {
                received += message.getRunOutput().getData().size();
                stream.ack("r", 1, received);
                // What the two ends and the connection hold: less than what may be without an ack, so it is not that.
                assertThat(runs.handedOut("r") - received).isLessThan(Outbox.MAX_OUTPUT_UNACKED * 3L / 4);
            }
        }
    }
}
