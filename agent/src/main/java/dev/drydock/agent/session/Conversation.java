package dev.drydock.agent.session;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.run.Runs;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.GoAway;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.Welcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on one connection, from Hello to the end: pure but for the runs that it reads and tells. All times are given;
 * nothing here waits. For one thread.
 */
final class Conversation {
    /** A controller that accepted the connection and says nothing is no controller. */
    static final Duration WELCOME_WITHIN = Duration.ofSeconds(30);

    private static final Duration SKEW_WORTH_A_WORD = Duration.ofSeconds(5);
    private static final int MAX_ANSWERS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Wire wire;
    private final Runs runs;
    private final Duties duties;
    private final KnownFacts facts;
    private final Outbox outbox;
    private final Queue<AgentMessage> answers = new ArrayDeque<>();
    private final Duration began;
    private Optional<Moment> welcomed = Optional.empty();
    private Duration heartbeat = Duration.ofSeconds(30);
    private Duration nextHeartbeat;
    private String greetedDigest = "";
    private List<OpenRun> greetedRuns = List.of();

    Conversation(Wire wire, Runs runs, Duties duties, KnownFacts facts, Moment now) {
        this.wire = wire;
        this.runs = runs;
        this.duties = duties;
        this.facts = facts;
        this.outbox = new Outbox(runs);
        this.began = now.monotonic();
        this.nextHeartbeat = began;
    }

    void hello(Greeting greeting, Moment now) {
        greetedDigest = facts.digest();
        greetedRuns = runs.undelivered();
        Hello hello = greeting.hello()
                .setFactsDigest(greetedDigest)
                .addAllOpenRuns(greetedRuns)
                .setClock(timestamp(now.wall()))
                .build();
        wire.send(AgentMessage.newBuilder().setHello(hello).build());
    }

    /** When the controller said Welcome; empty before. */
    Optional<Moment> welcomed() {
        return welcomed;
    }

    /** Takes a message and sends what it sets free. */
    Optional<Farewell> received(ControllerMessage message, Moment now) {
        if (message.hasGoAway()) {
            return Optional.of(farewell(message.getGoAway()));
        }
        if (message.hasWelcome() == welcomed.isPresent()) {
            return Optional.of(new Farewell.Failed("the controller broke the protocol: its message "
                    + message.getMessageCase() + (welcomed.isPresent() ? " came twice" : " came before Welcome")));
        }
        switch (message.getMessageCase()) {
            case WELCOME -> {
                Optional<Farewell> refused = welcome(message.getWelcome(), now);
                if (refused.isPresent()) {
                    return refused;
                }
            }
            case OFFER -> duties.offer(message.getOffer());
            case CANCEL -> runs.cancel(message.getCancel());
            case REBOOT_LEAVE -> runs.mayReboot(message.getRebootLeave());
            case ACK -> acked(message.getAck());
            case PLAN_REQUEST -> duties.plan(message.getPlanRequest());
            case FACTS_REQUEST -> {
                // A sign of life at once: gathering takes its time, and facts that did not change are not sent.
                beat(now);
                duties.facts(message.getFactsRequest().getRefresh());
            }
            case GO_AWAY, MESSAGE_NOT_SET ->
                LOG.warn("the controller sent a message that this agent does not know; it is skipped");
        }
        wire.receiveNext();
        pump();
        return Optional.empty();
    }

    private Optional<Farewell> welcome(Welcome welcome, Moment now) {
        if (welcome.getProtocol() < Greeting.PROTOCOL_MIN || welcome.getProtocol() > Greeting.PROTOCOL_MAX) {
            return Optional.of(new Farewell.Failed("the controller speaks protocol version " + welcome.getProtocol()
                    + ", this agent " + Greeting.PROTOCOL_MIN + " to " + Greeting.PROTOCOL_MAX
                    + "; upgrade the older of the two"));
        }
        if (runsWereForgotten(welcome.getRecordId())) {
            return Optional.of(new Farewell.Again(
                    "the controller's record was put back from a backup; all runs that this host has are told again"));
        }
        welcomed = Optional.of(now);
        heartbeat = bounded(welcome.getHeartbeatInterval());
        nextHeartbeat = now.monotonic().plus(heartbeat);
        facts.welcomed(greetedDigest, welcome.getFactsWanted());
        warnOfSkew(welcome.getServerTime(), now.wall());
        Set<String> unknown = Set.copyOf(welcome.getUnknownRunsList());
        for (Ack ack : welcome.getDurableList()) {
            if (!unknown.contains(ack.getRunId())) {
                acked(ack);
            }
        }
        warnOfLostEvents(welcome);
        return Optional.empty();
    }

    private boolean runsWereForgotten(String recordId) {
        try {
            return !recordId.isEmpty() && runs.deliveredTo(recordId);
        } catch (IOException e) {
            LOG.warn("which record the controller keeps cannot be noted; tried again at the next connection", e);
            return false;
        }
    }

    private static Duration bounded(com.google.protobuf.Duration interval) {
        long seconds = Math.clamp(interval.getSeconds(), 0, 300);
        Duration exact = Duration.ofSeconds(seconds, interval.getNanos());
        return exact.compareTo(Duration.ofMillis(100)) < 0 ? Duration.ofSeconds(30) : exact;
    }

    private static void warnOfSkew(Timestamp server, Instant now) {
        Duration skew = Duration.between(Instant.ofEpochSecond(server.getSeconds(), server.getNanos()), now);
        if (server.getSeconds() > 0 && skew.abs().compareTo(SKEW_WORTH_A_WORD) > 0) {
            LOG.warn(
                    "this host's clock is {} s {} the controller's; nothing starts in the last minute of a window until it is right",
                    skew.abs().toSeconds(),
                    skew.isNegative() ? "behind" : "ahead of");
        }
    }

    /** A journal that is behind what the controller has was put back from an older copy of the disk. */
    private void warnOfLostEvents(Welcome welcome) {
        var last = greetedRuns.stream().collect(Collectors.toMap(OpenRun::getRunId, OpenRun::getLastSequence));
        for (Ack ack : welcome.getDurableList()) {
            if (ack.getSequence() > last.getOrDefault(ack.getRunId(), Long.MAX_VALUE)) {
                LOG.error(
                        "the controller has {} events of run {}, this host's journal only {}: was this disk put back?",
                        ack.getSequence(),
                        ack.getRunId(),
                        last.get(ack.getRunId()));
            }
        }
    }

    private void acked(Ack ack) {
        outbox.durable(ack);
        try {
            runs.acked(ack);
        } catch (IOException e) {
            LOG.warn(
                    "what the controller has of run {} cannot be noted; it is sent again later: {}",
                    ack.getRunId(),
                    e.toString());
        }
    }

    private static Farewell farewell(GoAway goAway) {
        String reason = goAway.getReason().isBlank() ? "no reason given" : goAway.getReason();
        if (goAway.getFinal()) {
            return new Farewell.Final(reason);
        }
        return new Farewell.SentAway(
                reason,
                Duration.ofSeconds(
                        goAway.getAfter().getSeconds(), goAway.getAfter().getNanos()),
                Optional.of(goAway.getReconnectTo()).filter(to -> !to.isBlank()));
    }

    /** Queues an answer to something that the controller asked. */
    void answer(AgentMessage message) {
        if (answers.size() >= MAX_ANSWERS) {
            // The controller does not read; what it still wants to know it asks again.
            answers.remove();
        }
        answers.add(message);
        pump();
    }

    /** Sends all that the peer takes now. Call when the wire is ready again, when runs have news, when facts are new. */
    void pump() {
        while (welcomed.isPresent() && wire.isReady()) {
            Optional<AgentMessage> next =
                    Optional.ofNullable(answers.poll()).or(facts::next).or(outbox::next);
            if (next.isEmpty()) {
                return;
            }
            wire.send(next.get());
        }
    }

    /** How long nothing is to be done unless something comes in; zero or less: {@link #tick} now. */
    Duration untilTick(Moment now) {
        return (welcomed.isEmpty() ? began.plus(WELCOME_WITHIN) : nextHeartbeat).minus(now.monotonic());
    }

    /** Heartbeats, and patience that ends. */
    Optional<Farewell> tick(Moment now) {
        if (welcomed.isEmpty()) {
            return now.monotonic().compareTo(began.plus(WELCOME_WITHIN)) < 0
                    ? Optional.empty()
                    : Optional.of(new Farewell.Failed(
                            "the controller said nothing within " + WELCOME_WITHIN.toSeconds() + " s"));
        }
        if (now.monotonic().compareTo(nextHeartbeat) >= 0) {
            beat(now);
        }
        return Optional.empty();
    }

    private void beat(Moment now) {
        if (wire.isReady()) {
            nextHeartbeat = now.monotonic().plus(heartbeat);
            wire.send(AgentMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setClock(timestamp(now.wall())))
                    .build());
        }
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
