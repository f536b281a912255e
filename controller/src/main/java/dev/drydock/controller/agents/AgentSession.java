package dev.drydock.controller.agents;

import dev.drydock.controller.agents.session.SessionCore;
import dev.drydock.controller.agents.transport.PeerIdentity;
import dev.drydock.controller.run.CancelRequest;
import dev.drydock.controller.run.OpenRuns;
import dev.drydock.proto.agent.v1.AgentMessage;
import dev.drydock.proto.agent.v1.ControllerMessage;
import dev.drydock.proto.agent.v1.FactsRequest;
import dev.drydock.proto.agent.v1.Hello;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's stream: from its Hello over Welcome to its end. Messages are queued where they are read and handled one at a
 * time on the pool; all state but what is volatile is confined to that queue. At most {@link #WINDOW} messages are taken from
 * an agent before their effects are durable, and none while it does not read what it is told: that bounds a stream's memory.
 */
final class AgentSession implements StreamObserver<AgentMessage>, SessionLooks.Watched {
    private static final Logger log = LoggerFactory.getLogger(AgentSession.class);
    private static final int WINDOW = 4;
    /** Told on a stream that is not open. */
    private static final int NOTHING = -1;

    private final PeerIdentity peer;
    private final ServerCallStreamObserver<ControllerMessage> out;
    private final PlaneParts parts;
    private final SerialExecutor serial;
    private volatile State state = State.HELLO;
    private volatile String instanceId = "";
    private volatile long heardAt;
    private volatile boolean contested;
    private volatile long contestedAt;
    private int owed;
    private @Nullable Hello hello;
    private volatile @Nullable RunTraffic traffic;

    AgentSession(PeerIdentity peer, ServerCallStreamObserver<ControllerMessage> out, PlaneParts parts) {
        this.peer = peer;
        this.out = out;
        this.parts = parts;
        this.serial = new SerialExecutor(parts.pool(), peer.hostId());
        this.heardAt = parts.nanos().getAsLong();
    }

    /** Called once, by the call's event loop, before any message comes. */
    void begin() {
        parts.registry().arrived(this);
        parts.looks().arrived(this);
        out.disableAutoRequest();
        out.setOnCancelHandler(() -> serial.execute(this::gone));
        out.setOnReadyHandler(() -> serial.execute(this::grant));
        out.request(1);
    }

    String hostId() {
        return peer.hostId();
    }

    /** Of the agent's process; empty before Hello. */
    String instanceId() {
        return instanceId;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    Duration silentFor() {
        return Duration.ofNanos(parts.nanos().getAsLong() - heardAt);
    }

    Duration contestedFor() {
        return Duration.ofNanos(parts.nanos().getAsLong() - contestedAt);
    }

    // ---- what the agent does; called by the event loop ----

    @Override
    public void onNext(AgentMessage message) {
        heardAt = parts.nanos().getAsLong();
        if (contested) {
            parts.registry().alive(this);
        }
        RunTraffic open = traffic;
        if (message.hasHeartbeat() && open != null && out.isReady()) {
            // Most of what thousands of idle agents say. It is in no order with anything else, and so needs no turn on
            // the pool.
            open.heartbeat(message.getHeartbeat());
            out.request(1);
        } else {
            serial.execute(() -> handle(message));
        }
    }

    @Override
    public void onError(Throwable failure) {
        serial.execute(this::gone);
    }

    @Override
    public void onCompleted() {
        serial.execute(() -> {
            if (state != State.ENDED) {
                out.onCompleted();
                gone();
            }
        });
    }

    // ---- what the registry decided ----

    void granted() {
        serial.execute(this::open);
    }

    void contested(boolean now) {
        contestedAt = parts.nanos().getAsLong();
        contested = now;
        if (now) {
            requestFacts(false);
        }
    }

    void replaced() {
        end(Ending.comeBack(
                Status.Code.ABORTED, "A newer stream of this agent took the place of this one.", parts.jitter()));
    }

    void silent() {
        end(Ending.comeBack(
                Status.Code.DEADLINE_EXCEEDED, "Nothing was heard on this stream for too long.", Duration.ZERO));
    }

    void notNow() {
        end(Ending.comeBack(
                Status.Code.ABORTED,
                "It is just being found out which of two agents with this identity is the right one.",
                parts.settings().probe().plus(parts.jitter())));
    }

    void cloned() {
        log.warn("host {} is cloned: a second agent came with its identity and was refused", hostId());
        parts.hosts().cloned(hostId()).whenComplete((done, failure) -> {
            if (failure != null) {
                log.error("that host {} is cloned is not on record", hostId(), failure);
            }
            parts.listeners().tell();
        });
        end(Ending.forGood(
                Status.Code.ALREADY_EXISTS,
                "Another machine is connected with the identity of host " + hostId()
                        + ": this one looks like its clone. Remove the agent's data directory here and enrol it as a host of its"
                        + " own."));
    }

    // ---- what the controller wants ----

    /** There may be something new on offer. */
    void wake() {
        serial.execute(() -> withTraffic(open -> {
            open.wake();
            watch(open);
        }));
    }

    /** How much became of runs on this stream by now. */
    int told() {
        RunTraffic open = traffic;
        return open == null ? NOTHING : open.told();
    }

    /**
     * As {@link #wake()}, for whoever has read what the host has open.
     *
     * @param before {@link #told} before that
     */
    void wake(OpenRuns open, int before) {
        serial.execute(() -> withTraffic(to -> {
            to.wake(open, before);
            watch(to);
        }));
    }

    void requestFacts(boolean refresh) {
        send(ControllerMessage.newBuilder()
                .setFactsRequest(FactsRequest.newBuilder().setRefresh(refresh))
                .build());
    }

    void send(ControllerMessage message) {
        serial.execute(() -> withTraffic(open -> out.onNext(message)));
    }

    void cancel(CancelRequest request) {
        serial.execute(() -> withTraffic(open -> open.cancel(request)));
    }

    @Override
    public long look(long nanos, Instant now) {
        if (state == State.ENDED) {
            return 0;
        }
        long left = heardAt - nanos + parts.settings().silence().toNanos();
        Duration valid = Duration.between(now, peer.certificateExpires());
        if (left < 0) {
            silent();
        } else if (!valid.isPositive()) {
            end(Ending.comeBack(
                    Status.Code.UNAUTHENTICATED,
                    "The certificate of this stream has expired; connect again with the renewed one.",
                    Duration.ZERO));
        } else {
            return Math.max(
                    1, valid.compareTo(parts.settings().silence()) < 0 ? Math.min(left, valid.toNanos()) : left);
        }
        // Soon: whether it has ended.
        return 1;
    }

    @Override
    public void offerAgain() {
        serial.execute(() -> withTraffic(open -> {
            open.offerAgain();
            watch(open);
        }));
    }

    private void watch(RunTraffic open) {
        if (open.offering()) {
            parts.looks().offering(this);
        }
    }

    /** Nothing that comes in later counts. The future completes when the stream is closed on this side. */
    CompletableFuture<Boolean> end(Ending ending) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        serial.execute(() -> {
            endNow(ending);
            ended.complete(true);
        });
        return ended;
    }

    // ---- confined to the queue ----

    private void endNow(Ending ending) {
        if (state != State.ENDED) {
            log.info("host {}: stream ended: {}", hostId(), ending.goAway().getReason());
            out.onNext(ControllerMessage.newBuilder().setGoAway(ending.goAway()).build());
            out.onError(ending.status().asRuntimeException());
            gone();
        }
    }

    private void gone() {
        if (state != State.ENDED) {
            state = State.ENDED;
            RunTraffic open = traffic;
            if (open != null) {
                open.over();
            }
            traffic = null;
            hello = null;
            parts.registry().ended(this);
            parts.listeners().tell();
        }
    }

    private void handle(AgentMessage message) {
        switch (state) {
            case HELLO -> hello(message);
            case WAITING -> endNow(broken("A message came before Welcome."));
            case OPEN -> withTraffic(open -> open.handle(message));
            case ENDED -> log.debug("host {}: a message after the end of its stream", hostId());
        }
    }

    private void hello(AgentMessage message) {
        if (!message.hasHello()) {
            endNow(broken("The first message must be Hello."));
            return;
        }
        Hello greeting = message.getHello();
        Greeting.refusal(greeting, parts.settings()).ifPresentOrElse(this::endNow, () -> {
            hello = greeting;
            instanceId = greeting.getInstanceId();
            state = State.WAITING;
            parts.registry().claim(this);
        });
    }

    private void open() {
        Hello greeting = hello;
        if (state != State.WAITING || greeting == null) {
            return;
        }
        HostRecord host = parts.hosts().find(hostId()).orElse(null);
        if (host == null || !host.id().equals(hostId())) {
            endNow(Ending.comeBack(
                    Status.Code.PERMISSION_DENIED,
                    "There is no host " + hostId() + " on record here. Enrol this host again.",
                    parts.settings().retryLater().plus(parts.jitter())));
        } else if (host.revoked()) {
            endNow(revoked(hostId()));
        } else {
            SessionCore core = new SessionCore(hostId(), parts.settings().offerAgain());
            RunTraffic opened = new RunTraffic(host, core, parts, out, serial, this::endNow, this::credit);
            traffic = opened;
            state = State.OPEN;
            hello = null;
            opened.welcome(host, greeting);
            watch(opened);
            out.request(WINDOW);
            parts.listeners().tell();
        }
    }

    private void withTraffic(Consumer<RunTraffic> work) {
        RunTraffic open = traffic;
        if (state != State.OPEN || open == null) {
            return;
        }
        try {
            work.accept(open);
        } catch (RuntimeException e) {
            log.error("host {}: a message or an order of the controller could not be handled", hostId(), e);
            endNow(Ending.comeBack(
                    Status.Code.INTERNAL,
                    "The controller could not handle this (" + e.getMessage() + "); its log says more.",
                    parts.settings().reconnectSpread().plus(parts.jitter())));
        }
    }

    /** One more message may come, as soon as the agent reads what it was told. */
    private void credit() {
        owed++;
        // Half of them at a time: each call is a task of the event loop, which may have to be woken for it.
        if (owed * 2 >= WINDOW) {
            grant();
        }
    }

    private void grant() {
        if (owed > 0 && state == State.OPEN && out.isReady()) {
            out.request(owed);
            owed = 0;
        }
    }

    static Ending revoked(String hostId) {
        return Ending.forGood(
                Status.Code.PERMISSION_DENIED,
                "The identity of host " + hostId + " is revoked. Enrol it again if it shall come back.");
    }

    static Ending broken(String what) {
        return Ending.comeBack(Status.Code.INVALID_ARGUMENT, what, Duration.ofMinutes(1));
    }

    private enum State {
        /** Nothing came yet. */
        HELLO,
        /** The registry decides. */
        WAITING,
        OPEN,
        ENDED
    }
}
