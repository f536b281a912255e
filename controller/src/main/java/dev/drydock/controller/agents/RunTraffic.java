package dev.drydock.controller.agents;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.agents.session.SessionCommand;
import dev.drydock.controller.agents.session.SessionCore;
import dev.drydock.controller.logs.LogKey;
import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunEventGapException;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.run.UnknownRunException;
import dev.drydock.controller.store.StoreException;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsReport;
import dev.drydock.proto.agent.v1.Heartbeat;
import dev.drydock.proto.agent.v1.Hello;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.Welcome;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes over one open stream: carries the agent's messages to the session's core, does what the core commands, and tells
 * it when that is durable. Confined to the session's queue.
 */
final class RunTraffic {
    private static final Logger log = LoggerFactory.getLogger(RunTraffic.class);

    private final String hostId;
    private final SessionCore core;
    private final PlaneParts parts;
    private final StreamObserver<ControllerMessage> out;
    private final Executor serial;
    private final Consumer<Ending> end;
    private final Runnable credit;
    private String factsDigest;
    /** Grows with whatever becomes of runs on this stream, on which they are told of one after the other. */
    private volatile int told;

    private boolean ended;

    /**
     * @param end ends the stream, at once
     * @param credit lets one more message come; called once a message when what it led to is durable
     */
    RunTraffic(
            HostRecord host,
            SessionCore core,
            PlaneParts parts,
            StreamObserver<ControllerMessage> out,
            Executor serial,
            Consumer<Ending> end,
            Runnable credit) {
        this.hostId = host.id();
        this.factsDigest = host.factsDigest();
        this.core = core;
        this.parts = parts;
        this.out = out;
        this.serial = serial;
        this.end = end;
        this.credit = credit;
    }

    void welcome(HostRecord host, Hello hello) {
        Instant now = parts.clock().instant();
        if (hello.hasClock()) {
            parts.presence().heard(hostId, now, skew(hello.getClock(), now));
        } else {
            parts.presence().heard(hostId, now);
        }
        Welcome.Builder welcome = Welcome.newBuilder()
                .setServerTime(timestamp(now))
                .setHeartbeatInterval(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(parts.settings().heartbeat().getSeconds())
                        .setNanos(parts.settings().heartbeat().getNano()))
                .setRecordId(parts.recordId())
                .setProtocol(Greeting.protocol(hello, parts.settings()))
                .setFactsWanted(
                        host.facts().isEmpty() || !hello.getFactsDigest().equals(factsDigest));
        for (OpenRun open : hello.getOpenRunsList()) {
            track(open.getRunId());
            core.position(open).ifPresentOrElse(welcome::addDurable, () -> welcome.addUnknownRuns(open.getRunId()));
        }
        out.onNext(ControllerMessage.newBuilder().setWelcome(welcome).build());
        log.info("host {} ({}) is connected, agent {}", hostId, host.name(), hello.getAgentVersion());
        offer(host);
    }

    /** The stream is over: what becomes durable later is not told on it. */
    void over() {
        ended = true;
    }

    void wake() {
        parts.hosts().find(hostId).ifPresent(this::offer);
    }

    /** For any thread. */
    int told() {
        return told;
    }

    /**
     * @param open read by another
     * @param before {@link #told} before that: when it is another by now, the record may be as well, and is read again
     */
    void wake(OpenRuns open, int before) {
        if (told == before) {
            parts.hosts().find(hostId).ifPresent(host -> offer(host, open));
        } else {
            wake();
        }
    }

    private void offer(HostRecord host) {
        offer(host, parts.ledger().openOn(List.of(hostId)).getOrDefault(hostId, OpenRuns.NONE));
    }

    private void offer(HostRecord host, OpenRuns open) {
        perform(
                core.open(
                        open.runs(),
                        open.cancels(),
                        host.labels(),
                        playbook -> parts.times().of(playbook, host),
                        parts.clock().instant()),
                () -> {});
    }

    /** Whether {@link #offerAgain} may have something to do. */
    boolean offering() {
        return core.offersUnanswered();
    }

    void offerAgain() {
        if (core.offersDue(parts.clock().instant())) {
            wake();
        }
    }

    void cancel(CancelRequest request) {
        perform(core.cancel(request), () -> {});
    }

    /** For any thread; its credit is the caller's to give. */
    void heartbeat(Heartbeat heartbeat) {
        Instant now = parts.clock().instant();
        if (heartbeat.hasClock()) {
            parts.presence().heard(hostId, now, skew(heartbeat.getClock(), now));
        } else {
            parts.presence().heard(hostId, now);
        }
        parts.traffic().heartbeat();
    }

    /** Gives the message's credit back, at once or when what it led to is durable. */
    void handle(AgentMessage message) {
        if (message.hasHeartbeat()) {
            heartbeat(message.getHeartbeat());
            credit.run();
            return;
        }
        parts.presence().heard(hostId, parts.clock().instant());
        boolean later =
                switch (message.getMessageCase()) {
                    case FACTS -> facts(message.getFacts());
                    case OFFER_REPLY -> ofRun(message.getOfferReply().getRunId(), () -> reply(message.getOfferReply()));
                    case RUN_EVENTS ->
                        ofRun(
                                message.getRunEvents().getRunId(),
                                () -> core.events(
                                        message.getRunEvents().getRunId(),
                                        message.getRunEvents().getEventsList()));
                    case RUN_OUTPUT ->
                        ofRun(
                                message.getRunOutput().getRunId(),
                                () -> core.output(
                                        message.getRunOutput().getRunId(),
                                        message.getRunOutput().getOffset(),
                                        message.getRunOutput().getData()));
                    case PLAN_REPORT -> {
                        parts.plans().answered(hostId, message.getPlanReport());
                        yield false;
                    }
                    case HELLO, HEARTBEAT, MESSAGE_NOT_SET -> {
                        stop(AgentSession.broken("A second Hello, or a message of a kind that this protocol has not."));
                        yield false;
                    }
                };
        if (!later) {
            credit.run();
        }
    }

    private List<SessionCommand> reply(OfferReply reply) {
        parts.traffic().offerAnswered(reply.getRunId(), reply.getAccepted());
        return core.reply(reply);
    }

    private boolean ofRun(String runId, Supplier<List<SessionCommand>> work) {
        if (!RunOutputFiles.isRunId(runId)) {
            stop(AgentSession.broken(
                    "A message names a run with an id of " + runId.length() + " characters that cannot be one."));
            return false;
        }
        try (var _ = LogKey.RUN.with(runId)) {
            if (!core.tracks(runId)) {
                track(runId);
            }
            return perform(work.get(), credit);
        }
    }

    private void track(String runId) {
        Optional<Run> run = parts.runs().find(runId);
        try {
            core.track(
                    runId,
                    run,
                    run.isPresent() ? parts.output().kept(runId, run.get().outputSize()) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the size of run " + runId + "'s output cannot be read", e);
        }
    }

    private boolean facts(FactsReport report) {
        if (report.getDigest().equals(factsDigest)) {
            return false;
        }
        await(
                parts.hosts().reported(hostId, report.getDigest(), report.getFacts()),
                stored -> {
                    factsDigest = report.getDigest();
                    parts.listeners().tell();
                    return List.of();
                },
                credit);
        return true;
    }

    /**
     * @param done called when what a command wants durable is
     * @return whether it will be
     */
    private boolean perform(List<SessionCommand> commands, Runnable done) {
        if (!commands.isEmpty()) {
            int next = told + 1;
            told = next;
        }
        boolean later = false;
        for (SessionCommand command : commands) {
            if (ended) {
                return later;
            }
            later |= perform(command, done);
        }
        return later;
    }

    private boolean perform(SessionCommand command, Runnable done) {
        switch (command) {
            case SessionCommand.Send send -> send(send.message());
            case SessionCommand.Append append -> {
                await(parts.runs().append(append.runId(), append.events()), this::appended, done);
                return true;
            }
            case SessionCommand.Adopt adopt -> {
                log.info(
                        "host {}: run {} is not on record here and is adopted",
                        hostId,
                        adopt.run().id());
                await(parts.ledger().adopt(adopt.run(), adopt.events()), this::appended, done);
                return true;
            }
            case SessionCommand.WriteOutput write -> {
                await(
                        parts.output()
                                .write(write.runId(), write.offset(), write.data())
                                .thenCompose(size -> parts.ledger()
                                        .outputStored(write.runId(), size)
                                        .thenApply(run -> size)),
                        size -> core.outputDurable(write.runId(), size),
                        done);
                return true;
            }
            case SessionCommand.Conclude conclude -> {
                log.info("host {}: run {} is {}: {}", hostId, conclude.runId(), conclude.state(), conclude.reason());
                await(
                        parts.runs().conclude(conclude.runId(), conclude.state(), conclude.reason()),
                        run -> List.of(),
                        done);
                return true;
            }
            case SessionCommand.Resynchronize resynchronize ->
                stop(Ending.comeBack(Status.Code.ABORTED, resynchronize.reason(), Duration.ZERO));
            case SessionCommand.Reject reject -> stop(AgentSession.broken(reject.reason()));
            case SessionCommand.Warn warn -> log.warn("host {}: {}", hostId, warn.what());
        }
        return false;
    }

    private void send(ControllerMessage message) {
        out.onNext(message);
        if (message.hasOffer()) {
            Offer offer = message.getOffer();
            parts.traffic()
                    .offerSent(
                            offer.getRunId(),
                            instant(offer.getOfferedAt()),
                            parts.clock().instant());
        }
    }

    private List<SessionCommand> appended(Run run) {
        List<SessionCommand> acknowledge = core.eventsDurable(run.id(), run.lastSequence());
        if (RunStates.ended(run.state())) {
            parts.traffic().resultAcknowledged(run, parts.clock().instant());
        }
        return acknowledge;
    }

    private <T> void await(CompletableFuture<T> durable, Function<T, List<SessionCommand>> then, Runnable done) {
        durable.whenComplete((value, failure) -> serial.execute(() -> {
            if (ended) {
                return;
            }
            if (failure == null) {
                perform(then.apply(value), () -> {});
                done.run();
            } else {
                failed(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            }
        }));
    }

    /** Nothing was acknowledged, so the agent keeps it and sends it again when it comes back. */
    private void failed(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        switch (failure) {
            case RunEventGapException gap -> stop(Ending.comeBack(Status.Code.ABORTED, message, Duration.ZERO));
            case UnknownRunException unknown -> stop(Ending.comeBack(Status.Code.ABORTED, message, Duration.ZERO));
            case StoreException full -> stop(cannotStore(message));
            case IOException full -> stop(cannotStore(message));
            default -> {
                log.error("host {}: something it sent could not be stored", hostId, failure);
                stop(Ending.comeBack(
                        Status.Code.INTERNAL,
                        "The controller could not store this: " + message,
                        parts.settings().reconnectSpread().plus(parts.jitter())));
            }
        }
    }

    private Ending cannotStore(String message) {
        return Ending.comeBack(
                Status.Code.RESOURCE_EXHAUSTED,
                message,
                parts.settings().reconnectSpread().plus(parts.jitter()));
    }

    private void stop(Ending ending) {
        ended = true;
        end.accept(ending);
    }

    private static Duration skew(Timestamp agent, Instant now) {
        return Duration.between(now, instant(agent));
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
