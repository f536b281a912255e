package dev.drydock.agent.session;

import dev.drydock.agent.identity.ConnectFault;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.ControllerChannel;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.PlanRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from opening it to its end: takes the events of its wire to the conversation. For one thread. */
final class Connection implements Duties {
    /** When a heartbeat is due and the peer takes nothing. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ControllerAddress address;
    private final SessionParts parts;
    private final Consumer<SessionEvent> others;
    private final GrpcWire wire;
    private final Conversation conversation;
    private Duration lasted = Duration.ZERO;

    /** @param others takes what is told while it is open and does not belong to it */
    Connection(ControllerAddress address, SessionParts parts, Consumer<SessionEvent> others) {
        this.address = address;
        this.parts = parts;
        this.others = others;
        this.wire = new GrpcWire(
                ControllerChannel.open(
                        address, parts.credentials().tls(), parts.greeting().agentVersion()),
                parts.events()::add);
        this.conversation = new Conversation(wire, parts.runs(), this, parts.facts(), parts.now());
    }

    /** Blocks from opening it to its end. */
    Farewell hold() throws InterruptedException {
        try {
            wire.open();
            conversation.hello(parts.greeting(), parts.now());
            Optional<Farewell> farewell = Optional.empty();
            while (farewell.isEmpty()) {
                farewell = step();
            }
            return farewell.get();
        } catch (RuntimeException e) {
            LOG.error("the session failed in a way it should not; it begins anew", e);
            return new Farewell.Failed("internal error: " + e);
        } finally {
            parts.artifacts().disconnected();
            conversation
                    .welcomed()
                    .ifPresent(since -> lasted =
                            parts.now().monotonic().minus(since.monotonic()).plusNanos(1));
            wire.close();
        }
    }

    /** How long after Welcome it was good; zero when there was no Welcome. */
    Duration lasted() {
        return lasted;
    }

    private Optional<Farewell> step() throws InterruptedException {
        Duration wait = conversation.untilTick(parts.now());
        SessionEvent event =
                parts.events().poll(Math.max(wait.toNanos(), SHORTEST_WAIT.toNanos()), TimeUnit.NANOSECONDS);
        if (event == null) {
            parts.quiet().run();
        }
        Optional<Farewell> farewell = event == null ? Optional.empty() : handle(event);
        if (farewell.isPresent()) {
            return farewell;
        }
        renewIfDue();
        return conversation.tick(parts.now());
    }

    private Optional<Farewell> handle(SessionEvent event) {
        switch (event) {
            case SessionEvent.OfConnection stale when stale.wire() != wire -> {}
            case SessionEvent.Received received -> {
                boolean before = conversation.welcomed().isPresent();
                Optional<Farewell> farewell = conversation.received(received.message(), parts.now());
                if (!before && conversation.welcomed().isPresent()) {
                    parts.credentials().welcomed();
                    parts.artifacts().connected(wire.channel());
                    parts.board().connected(address, parts.now().wall());
                }
                return farewell;
            }
            case SessionEvent.Ready _ -> conversation.pump();
            case SessionEvent.Closed closed -> {
                return Optional.of(new Farewell.Failed(ConnectFault.explain(
                        closed.status(), address, parts.now().wall())));
            }
            case SessionEvent.Answer(var message) -> conversation.answer(message);
            case SessionEvent.Renewed(Identity identity) -> {
                return parts.credentials().renewed(identity, parts.now().wall())
                        ? Optional.of(new Farewell.Again("with the renewed certificate"))
                        : Optional.empty();
            }
            case SessionEvent.News _, SessionEvent.Gathered _, SessionEvent.NotRenewed _ -> {
                others.accept(event);
                conversation.pump();
            }
        }
        return Optional.empty();
    }

    private void renewIfDue() {
        if (conversation.welcomed().isEmpty()
                || !parts.credentials().shouldRenew(parts.now().wall())) {
            return;
        }
        Identity current = parts.credentials().identity();
        Thread.ofVirtual().name("renewal").start(() -> {
            try {
                parts.events().add(new SessionEvent.Renewed(parts.renewer().renew(current, wire.channel())));
            } catch (IdentityException | RuntimeException e) {
                parts.events().add(new SessionEvent.NotRenewed(String.valueOf(e.getMessage())));
            }
        });
    }

    @Override
    public void offer(Offer offer) {
        parts.desk().offer(offer, wire.channel());
    }

    @Override
    public void plan(PlanRequest request) {
        parts.desk().plan(request, wire.channel());
    }

    @Override
    public void facts(boolean refreshLists) {
        parts.factsWatch().request(refreshLists);
    }
}
