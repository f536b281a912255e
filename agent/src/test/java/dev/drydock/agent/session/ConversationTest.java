package dev.drydock.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.testing.FakeRuns;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsRequest;
import dev.drydock.proto.agent.v1.GoAway;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.Welcome;
import dev.drydock.proto.facts.v1.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Instant WALL = Instant.parse("2026-11-24T02:00:00Z");
    private static final Greeting GREETING = new Greeting("1.0", "boot", "instance");

    private final FakeWire wire = new FakeWire();
    private final FakeRuns runs = new FakeRuns();
    private final KnownFacts facts = new KnownFacts();
    private final List<String> duties = new ArrayList<>();
    private final Conversation conversation = new Conversation(
            wire,
            runs,
            new Duties() {
                @Override
                public void offer(Offer offer) {
                    duties.add("offer " + offer.getRunId());
                }

                @Override
                public void plan(PlanRequest request) {
                    duties.add("plan " + request.getRequestId());
                }

                @Override
                public void facts(boolean refreshLists) {
                    duties.add("facts " + refreshLists);
                }
            },
            facts,
            at(0));

    private static Moment at(long seconds) {
        return new Moment(WALL.plusSeconds(seconds), Duration.ofSeconds(1000 + seconds));
    }

    private static Welcome.Builder welcome() {
        return Welcome.newBuilder()
                .setProtocol(1)
                .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder().setSeconds(10));
    }

    private Optional<Farewell> receive(ControllerMessage.Builder message) {
        return conversation.received(message.build(), at(1));
    }

    private Optional<Farewell> receive(Welcome.Builder welcome) {
        return receive(ControllerMessage.newBuilder().setWelcome(welcome));
    }

    private Hello hello() {
        conversation.hello(GREETING, at(0));
        return wire.sent.removeFirst().getHello();
    }

    @Test
    void aRecordThatWasPutBackIsToldOfAllRunsByAnotherHello() {
        runs.deliveredTo("before");
        hello();
        assertThat(receive(welcome().setRecordId("put back")))
                .containsInstanceOf(Farewell.Again.class)
                .hasValueSatisfying(farewell -> assertThat(farewell.reason()).contains("put back from a backup"));
        assertThat(conversation.welcomed()).isEmpty();
    }

    @Test
    void helloTellsWhereTheHostStandsAndNothingFollowsBeforeWelcome() {
        runs.append("a", 2);
        Host host = Host.newBuilder().setKernel("6.1").build();
        facts.gathered(host);
        Hello hello = hello();
        assertThat(hello.getFactsDigest()).isEqualTo(HostFacts.digest(host));
        assertThat(hello.getOpenRunsList()).singleElement().satisfies(run -> {
            assertThat(run.getRunId()).isEqualTo("a");
            assertThat(run.getLastSequence()).isEqualTo(2);
        });
        assertThat(hello.getInstanceId()).isEqualTo("instance");
        assertThat(hello.getClock().getSeconds()).isEqualTo(WALL.getEpochSecond());
        conversation.pump();
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void afterWelcomeSendsWhatIsNotDurableAndAllOfWhatIsUnknown() {
        runs.append("a", 3);
        runs.append("b", 2);
        hello();
        assertThat(receive(welcome()
                        .addDurable(Ack.newBuilder().setRunId("a").setSequence(2))
                        .addUnknownRuns("b")))
                .isEmpty();
        assertThat(runs.acks).singleElement().satisfies(ack -> assertThat(ack.getSequence())
                .isEqualTo(2));
        assertThat(wire.sent.get(0).getRunEvents().getEventsList())
                .singleElement()
                .satisfies(event -> assertThat(event.getSequence()).isEqualTo(3));
        assertThat(wire.sent.get(1).getRunEvents().getRunId()).isEqualTo("b");
        assertThat(wire.sent.get(1).getRunEvents().getEventsCount()).isEqualTo(2);
        assertThat(wire.letIn).isEqualTo(1);
    }

    @Test
    void sendsNothingWhileThePeerTakesNothing() {
        hello();
        receive(welcome());
        wire.room = 0;
        runs.appendLarge("a", 50, 50_000);
        conversation.pump();
        assertThat(wire.sent).isEmpty();
        wire.room = 2;
        conversation.pump();
        assertThat(wire.sent).hasSize(2);
    }

    @Test
    void factsGoOnlyWhenWantedOrChanged() {
        facts.gathered(Host.newBuilder().setKernel("6.1").build());
        hello();
        receive(welcome());
        assertThat(wire.sent).isEmpty();

        facts.gathered(Host.newBuilder().setKernel("6.2").build());
        conversation.pump();
        assertThat(wire.sent.removeFirst().getFacts().getFacts().getKernel()).isEqualTo("6.2");
        facts.gathered(Host.newBuilder().setKernel("6.2").build());
        conversation.pump();
        assertThat(wire.sent).isEmpty();
    }

    @Test
    void factsThatAreWantedGoOnceTheyAreThere() {
        hello();
        receive(welcome().setFactsWanted(true));
        assertThat(wire.sent).isEmpty();
        facts.gathered(Host.newBuilder().setKernel("6.1").build());
        conversation.pump();
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void whatIsAskedForIsBegunAndAnswersGoFirst() {
        hello();
        receive(welcome());
        receive(ControllerMessage.newBuilder().setOffer(Offer.newBuilder().setRunId("r")));
        receive(ControllerMessage.newBuilder()
                .setPlanRequest(PlanRequest.newBuilder().setRequestId("p")));
        receive(ControllerMessage.newBuilder()
                .setFactsRequest(FactsRequest.newBuilder().setRefresh(true)));
        receive(ControllerMessage.newBuilder()
                .setCancel(CancelRun.newBuilder().setRunId("r").setMode(CancelRun.Mode.MODE_ROLL_BACK)));
        assertThat(duties).containsExactly("offer r", "plan p", "facts true");
        assertThat(runs.cancels).hasSize(1);
        // The controller takes it for a sign of life.
        assertThat(wire.sent.removeFirst().hasHeartbeat()).isTrue();
        assertThat(wire.sent).isEmpty();
        wire.room = 0;
        runs.append("a", 1);
        conversation.answer(AgentMessage.newBuilder()
                .setOfferReply(OfferReply.newBuilder().setRunId("r").setAccepted(true))
                .build());
        wire.room = 9;
        conversation.pump();
        assertThat(wire.sent.get(0).getOfferReply().getRunId()).isEqualTo("r");
        assertThat(wire.sent.get(1).hasRunEvents()).isTrue();
    }

    @Test
    void beatsAsOftenAsAskedWhateverTheWallClockDoes() {
        hello();
        receive(welcome());
        assertThat(conversation.untilTick(at(1))).isEqualTo(Duration.ofSeconds(10));
        conversation.tick(at(10));
        assertThat(wire.sent).isEmpty();
        conversation.tick(new Moment(WALL.minusSeconds(86_400), Duration.ofSeconds(1011)));
        assertThat(wire.sent).singleElement().satisfies(message -> assertThat(message.hasHeartbeat())
                .isTrue());
        conversation.tick(at(12));
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void aControllerThatDoesNotWelcomeIsLeft() {
        hello();
        assertThat(conversation.tick(at(29))).isEmpty();
        assertThat(conversation.tick(at(30))).containsInstanceOf(Farewell.Failed.class);
    }

    @Test
    void anotherProtocolVersionIsRefusedByName() {
        hello();
        assertThat(receive(welcome().setProtocol(7)).orElseThrow().reason())
                .contains("version 7")
                .contains("1 to 1");
    }

    @Test
    void messagesOutOfOrderEndTheConnection() {
        hello();
        assertThat(receive(
                        ControllerMessage.newBuilder().setAck(Ack.newBuilder().setRunId("a"))))
                .containsInstanceOf(Farewell.Failed.class);
        receive(welcome());
        assertThat(receive(welcome())).containsInstanceOf(Farewell.Failed.class);
    }

    @Test
    void isSentAwayForAWhileOrForGood() {
        hello();
        assertThat(receive(ControllerMessage.newBuilder()
                        .setGoAway(GoAway.newBuilder()
                                .setReason("restarting")
                                .setAfter(com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(5))
                                .setReconnectTo("other:1"))))
                .contains(new Farewell.SentAway("restarting", Duration.ofSeconds(5), Optional.of("other:1")));
        assertThat(receive(ControllerMessage.newBuilder()
                        .setGoAway(GoAway.newBuilder().setReason("revoked").setFinal(true))))
                .contains(new Farewell.Final("revoked"));
    }
}
