package dev.drydock.agent.session;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.identity.ConnectFault;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.ControllerChannel;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.identity.RenewalSchedule;
import dev.drydock.agent.identity.Renewer;
import dev.drydock.agent.run.Runs;
import dev.drydock.agent.run.TimeSource;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.PlanRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the host in touch with its controller: connects, talks, and comes back whenever a connection ends. One thread does it
 * all, told by events; what takes time is done elsewhere. Runs neither wait for it nor notice it.
 */
public final class AgentSession {
    private static final int CACHED_PLAYBOOKS = 64;
    /** When a heartbeat is due and the peer takes nothing. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);

    private final SessionSettings settings;
    private final Runs runs;
    private final TimeSource time;
    private final Backoff backoff;
    private final Renewer renewer;
    private final Credentials credentials;
    private final KnownFacts facts = new KnownFacts();
    private final FactsWatch factsWatch;
    private final RunWatch runWatch;
    private final Desk desk;
    private final StatusBoard board;
    private final Greeting greeting;
    private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean newsQueued = new AtomicBoolean();

    /** Starts nothing. */
    public AgentSession(
            SessionSettings settings,
            Identity identity,
            IdentityStore store,
            Runs runs,
            HostFacts hostFacts,
            TimeSource time,
            Randomness random)
            throws IdentityException {
        this.settings = settings;
        this.runs = runs;
        this.time = time;
        this.backoff = new Backoff(random.jitter());
        this.renewer = new Renewer(random.keys(), time::wall);
        this.credentials = new Credentials(store, identity, new RenewalSchedule(random.jitter()));
        this.runWatch = new RunWatch(runs);
        this.factsWatch = new FactsWatch(
                hostFacts,
                settings.factsEvery(),
                settings.listsEvery(),
                time,
                random.jitter(),
                () -> !runWatch.active().isEmpty(),
                host -> events.add(new SessionEvent.Gathered(host)));
        PlaybookCache cache = new PlaybookCache(settings.playbooks(), CACHED_PLAYBOOKS, time::wall);
        this.desk = new Desk(
                runs,
                new PlaybookSource(cache, identity.signers()),
                answer -> events.add(new SessionEvent.Answer(answer)));
        this.board = new StatusBoard(settings.status(), identity.controller(), time.wall());
        this.greeting = new Greeting(settings.agentVersion(), settings.bootId(), settings.instanceId());
    }

    /**
     * Once; until the controller says that this identity is not wanted back, and the runs have ended.
     *
     * @return what it said
     * @throws InterruptedException the agent stops
     */
    public String run() throws InterruptedException {
        runs.listen(runId -> {
            if (newsQueued.compareAndSet(false, true)) {
                events.add(new SessionEvent.News());
            }
        });
        Thread looking = Thread.ofVirtual().name("facts").start(factsWatch);
        try {
            return talk();
        } finally {
            looking.interrupt();
            desk.close();
        }
    }

    private String talk() throws InterruptedException {
        Optional<ControllerAddress> elsewhere = Optional.empty();
        lookAtRuns();
        while (true) {
            ControllerAddress address = elsewhere.orElse(credentials.identity().controller());
            Connection connection = new Connection(address);
            Farewell farewell = connection.hold();
            board.disconnected(address, farewell, time.wall());
            elsewhere = Optional.empty();
            switch (farewell) {
                case Farewell.Final(String reason) -> {
                    awaitRuns();
                    return reason;
                }
                case Farewell.Renewed _ -> {}
                case Farewell.SentAway away -> {
                    elsewhere = away.to().flatMap(ControllerAddress::parse);
                    pause(backoff.asked(away.after()));
                }
                case Farewell.Failed(String reason) -> {
                    if (connection.lasted().isZero()) {
                        credentials.failed(reason, time.wall());
                    }
                    pause(backoff.next(connection.lasted()));
                }
            }
        }
    }

    /** Waits; what the others tell meanwhile is noted. */
    private void pause(Duration duration) throws InterruptedException {
        long end = time.nanos() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - time.nanos()) {
            SessionEvent event = events.poll(left, TimeUnit.NANOSECONDS);
            if (event != null) {
                note(event);
            }
        }
    }

    /** Nobody is told any more; what runs is carried to its end all the same. */
    private void awaitRuns() throws InterruptedException {
        while (!runWatch.active().isEmpty()) {
            note(events.take());
        }
    }

    /** @return whether there may be something to send */
    private boolean note(SessionEvent event) {
        switch (event) {
            case SessionEvent.News _ -> {
                newsQueued.set(false);
                lookAtRuns();
            }
            case SessionEvent.Gathered(var host) -> facts.gathered(host);
            case SessionEvent.NotRenewed(String reason) -> credentials.notRenewed(reason, time.wall());
            case SessionEvent.Renewed(Identity identity) -> credentials.renewed(identity, time.wall());
            // Without a connection an answer is not kept: the controller asks again, or reads it in the run's events.
            case SessionEvent.Answer _, SessionEvent.OfConnection _ -> {
                return false;
            }
        }
        return true;
    }

    private void lookAtRuns() {
        if (runWatch.look()) {
            factsWatch.request(false);
        }
        board.runs(runWatch.active(), runs.undelivered().size());
    }

    /** One connection, from opening it to its end. */
    private final class Connection implements Duties {
        private final ControllerAddress address;
        private final GrpcWire wire;
        private final Conversation conversation;
        private Duration lasted = Duration.ZERO;

        Connection(ControllerAddress address) {
            this.address = address;
            this.wire = new GrpcWire(
                    ControllerChannel.open(address, credentials.tls(), settings.agentVersion()), events::add);
            this.conversation = new Conversation(wire, runs, this, facts, Moment.of(time));
        }

        Farewell hold() throws InterruptedException {
            try {
                wire.open();
                conversation.hello(greeting, Moment.of(time));
                Optional<Farewell> farewell = Optional.empty();
                while (farewell.isEmpty()) {
                    farewell = step();
                }
                return farewell.get();
            } catch (RuntimeException e) {
                LOG.error("the session failed in a way it should not; it begins anew", e);
                return new Farewell.Failed("internal error: " + e);
            } finally {
                conversation
                        .welcomed()
                        .ifPresent(since -> lasted = Moment.of(time)
                                .monotonic()
                                .minus(since.monotonic())
                                .plusNanos(1));
                wire.close();
            }
        }

        /** How long after Welcome it was good; zero when there was no Welcome. */
        Duration lasted() {
            return lasted;
        }

        private Optional<Farewell> step() throws InterruptedException {
            Duration wait = conversation.untilTick(Moment.of(time));
            SessionEvent event = events.poll(Math.max(wait.toNanos(), SHORTEST_WAIT.toNanos()), TimeUnit.NANOSECONDS);
            Optional<Farewell> farewell = event == null ? Optional.empty() : handle(event);
            if (farewell.isPresent()) {
                return farewell;
            }
            renewIfDue();
            return conversation.tick(Moment.of(time));
        }

        private Optional<Farewell> handle(SessionEvent event) {
            switch (event) {
                case SessionEvent.OfConnection stale when stale.wire() != wire -> {}
                case SessionEvent.Received received -> {
                    boolean before = conversation.welcomed().isPresent();
                    Optional<Farewell> farewell = conversation.received(received.message(), Moment.of(time));
                    if (!before && conversation.welcomed().isPresent()) {
                        credentials.welcomed();
                        board.connected(address, time.wall());
                    }
                    return farewell;
                }
                case SessionEvent.Ready _ -> conversation.pump();
                case SessionEvent.Closed closed -> {
                    return Optional.of(
                            new Farewell.Failed(ConnectFault.explain(closed.status(), address, time.wall())));
                }
                case SessionEvent.Answer(var message) -> conversation.answer(message);
                case SessionEvent.Renewed(Identity identity) -> {
                    return credentials.renewed(identity, time.wall())
                            ? Optional.of(new Farewell.Renewed("with the renewed certificate"))
                            : Optional.empty();
                }
                case SessionEvent.News _, SessionEvent.Gathered _, SessionEvent.NotRenewed _ -> {
                    note(event);
                    conversation.pump();
                }
            }
            return Optional.empty();
        }

        private void renewIfDue() {
            if (conversation.welcomed().isEmpty() || !credentials.shouldRenew(time.wall())) {
                return;
            }
            Identity current = credentials.identity();
            Thread.ofVirtual().name("renewal").start(() -> {
                try {
                    events.add(new SessionEvent.Renewed(renewer.renew(current, wire.channel())));
                } catch (IdentityException e) {
                    events.add(new SessionEvent.NotRenewed(String.valueOf(e.getMessage())));
                }
            });
        }

        @Override
        public void offer(Offer offer) {
            desk.offer(offer, wire.channel());
        }

        @Override
        public void plan(PlanRequest request) {
            desk.plan(request, wire.channel());
        }

        @Override
        public void facts(boolean refreshLists) {
            factsWatch.request(refreshLists);
        }
    }
}
