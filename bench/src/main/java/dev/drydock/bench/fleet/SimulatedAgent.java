package dev.drydock.bench.fleet;

import com.google.protobuf.util.Timestamps;
import dev.drydock.bench.grpc.Arrivals;
import dev.drydock.bench.grpc.Heartbeats;
import dev.drydock.proto.agent.v1.Accepted;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunEvents;
import dev.drydock.proto.agent.v1.RunResult;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.agent.v1.RunTransition;
import dev.drydock.proto.agent.v1.SessionGrpc;
import dev.drydock.proto.agent.v1.StepState;
import dev.drydock.proto.agent.v1.StepTransition;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the controller sees one, without a host: it answers each offer at once with the events of a run that had
 * nothing to do. Callbacks come on its transport's event loop.
 */
final class SimulatedAgent implements StreamObserver<ControllerMessage>, Heartbeats.Beating {
    /** Events of one run: accepted, preflight, running, the step skipped, the result. */
    static final int EVENTS_PER_RUN = 5;

    private static final Heartbeat ALIVE = Heartbeat.getDefaultInstance();
    private final Supplier<ManagedChannel> opening;
    private volatile ManagedChannel channel;
    private final Host facts;
    private final Clock clock;
    private final Arrivals connected;
    private final String instance = UUID.randomUUID().toString();
    private volatile @Nullable Reconnecting reconnecting;
    private volatile boolean welcomed;
    private volatile Round round = Round.NONE;
    private volatile @Nullable StreamObserver<AgentMessage> stream;

    /** One rollout: who was offered a run, and whose result is durable. */
    record Round(Arrivals offered, Arrivals durable) {
        static final Round NONE = new Round(new Arrivals("offers", 0, 1), new Arrivals("results", 0, 1));
    }

    /** @param connected told when the agent is welcomed */
    SimulatedAgent(Supplier<ManagedChannel> opening, Host facts, Clock clock, Arrivals connected) {
        this.opening = opening;
        this.channel = opening.get();
        this.facts = facts;
        this.clock = clock;
        this.connected = connected;
    }

    void connect() {
        StreamObserver<AgentMessage> toController = SessionGrpc.newStub(channel).connect(this);
        stream = toController;
        toController.onNext(AgentMessage.newBuilder()
                .setHello(Hello.newBuilder()
                        .setAgentVersion("simulated")
                        .setBootId("simulated")
                        .setProtocolMin(1)
                        .setProtocolMax(1)
                        .setInstanceId(instance)
                        .setClock(Timestamps.fromMillis(clock.millis())))
                .build());
    }

    /** From now on a lost connection is no failure, but comes again. */
    void survive(Reconnecting how) {
        reconnecting = how;
    }

    /** On a connection of its own, as the agent does it. */
    void again() {
        channel.shutdownNow();
        channel = opening.get();
        connect();
    }

    @Override
    public void beat() {
        if (welcomed) {
            send(AgentMessage.newBuilder().setHeartbeat(ALIVE).build());
        }
    }

    void begin(Round next) {
        round = next;
    }

    void disconnect() {
        channel.shutdownNow();
    }

    @Override
    public void onNext(ControllerMessage message) {
        switch (message.getMessageCase()) {
            case WELCOME -> {
                welcomed = true;
                send(AgentMessage.newBuilder()
                        .setFacts(
                                FactsReport.newBuilder().setDigest("simulated").setFacts(facts))
                        .build());
                Reconnecting how = reconnecting;
                if (how == null) {
                    connected.arrived();
                } else {
                    how.welcomed(this);
                }
            }
            case OFFER -> carryOut(message.getOffer());
            case ACK -> {
                if (message.getAck().getSequence() == EVENTS_PER_RUN) {
                    round.durable().arrived();
                }
            }
            case GO_AWAY ->
                onError(new IllegalStateException(
                        "sent away: " + message.getGoAway().getReason()));
            case CANCEL, PLAN_REQUEST, FACTS_REQUEST, MESSAGE_NOT_SET -> {}
        }
    }

    private void carryOut(Offer offer) {
        round.offered().arrived();
        send(AgentMessage.newBuilder()
                .setOfferReply(
                        OfferReply.newBuilder().setRunId(offer.getRunId()).setAccepted(true))
                .build());
        List<RunEvent.Builder> events = List.of(
                RunEvent.newBuilder()
                        .setAccepted(Accepted.newBuilder().setOffer(offer).setAgentVersion("simulated")),
                RunEvent.newBuilder().setRun(move(RunState.ACCEPTED, RunState.PREFLIGHT)),
                RunEvent.newBuilder().setRun(move(RunState.PREFLIGHT, RunState.RUNNING)),
                RunEvent.newBuilder()
                        .setStep(StepTransition.newBuilder()
                                .setPhase(StepTransition.Phase.PHASE_STEPS)
                                .setName("service.reload")
                                .setAction("service.reload")
                                .setState(StepState.SKIPPED)
                                .setReason("nothing to do")),
                RunEvent.newBuilder()
                        .setResult(RunResult.newBuilder()
                                .setOutcome(RunState.SUCCEEDED)
                                .setReason("nothing to do")));
        RunEvents.Builder batch = RunEvents.newBuilder().setRunId(offer.getRunId());
        for (int i = 0; i < EVENTS_PER_RUN; i++) {
            batch.addEvents(events.get(i).setSequence(i + 1L).setAt(Timestamps.fromMillis(clock.millis())));
        }
        send(AgentMessage.newBuilder().setRunEvents(batch).build());
    }

    private static RunTransition move(RunState from, RunState to) {
        return RunTransition.newBuilder().setFrom(from).setTo(to).build();
    }

    private synchronized void send(AgentMessage message) {
        StreamObserver<AgentMessage> toController = stream;
        if (toController != null) {
            try {
                toController.onNext(message);
            } catch (IllegalStateException e) {
                // The stream has just ended; onError says so.
            }
        }
    }

    @Override
    public void onError(Throwable cause) {
        welcomed = false;
        Reconnecting how = reconnecting;
        if (how != null) {
            stream = null;
            how.lost(this, cause);
            return;
        }
        connected.failed(cause);
        round.offered().failed(cause);
        round.durable().failed(cause);
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the controller closed the stream"));
    }
}
