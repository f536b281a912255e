package dev.drydock.agent.session;

import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.identity.ControllerAddress;
import dev.drydock.agent.identity.Identity;
import dev.drydock.agent.identity.IdentityException;
import dev.drydock.agent.identity.IdentityStore;
import dev.drydock.agent.identity.RenewalSchedule;
import dev.drydock.agent.identity.Renewer;
import dev.drydock.agent.run.Runs;
import dev.drydock.agent.run.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the host in touch with its controller: connects, talks, and comes back whenever a connection ends. One thread does it
 * all, told by events; what takes time is done elsewhere. Runs neither wait for it nor notice it.
 */
public final class AgentSession {
    private static final int CACHED_PLAYBOOKS = 64;

    private final Runs runs;
    private final TimeSource time;
    private final Backoff backoff;
    private final Credentials credentials;
    private final KnownFacts facts = new KnownFacts();
    private final FactsWatch factsWatch;
    private final RunWatch runWatch;
    private final Desk desk;
    private final StatusBoard board;
    private final Rest rest = new Rest(System::gc);
    private final SessionParts parts;
    private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean newsQueued = new AtomicBoolean();

    /** Starts nothing. */
    public AgentSession(
            SessionSettings settings,
            Identity identity,
            IdentityStore store,
            Runs runs,
            HostFacts hostFacts,
            ControllerArtifacts artifacts,
            TimeSource time,
            Randomness random)
            throws IdentityException {
        this.runs = runs;
        this.time = time;
        this.backoff = new Backoff(random.jitter());
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
        this.parts = new SessionParts(
                new Greeting(settings.agentVersion(), settings.bootId(), settings.instanceId()),
                runs,
                time,
                credentials,
                new Renewer(random.keys(), time::wall),
                facts,
                factsWatch,
                desk,
                artifacts,
                board,
                () -> rest.quiet(!runWatch.active().isEmpty()),
                events);
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
            Connection connection = new Connection(address, parts, this::note);
            Farewell farewell = connection.hold();
            board.disconnected(address, farewell, time.wall());
            elsewhere = Optional.empty();
            switch (farewell) {
                case Farewell.Final(String reason) -> {
                    awaitRuns();
                    return reason;
                }
                case Farewell.Again _ -> {}
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

    /** What does not belong to a connection. */
    private void note(SessionEvent event) {
        switch (event) {
            case SessionEvent.News _ -> {
                newsQueued.set(false);
                lookAtRuns();
            }
            case SessionEvent.Gathered(var host) -> facts.gathered(host);
            case SessionEvent.NotRenewed(String reason) -> credentials.notRenewed(reason, time.wall());
            case SessionEvent.Renewed(Identity identity) -> credentials.renewed(identity, time.wall());
            // Without a connection an answer is not kept: the controller asks again, or reads it in the run's events.
            case SessionEvent.Answer _, SessionEvent.OfConnection _ -> {}
        }
    }

    private void lookAtRuns() {
        if (runWatch.look()) {
            rest.disturbed();
            factsWatch.request(false);
        }
        board.runs(runWatch.active(), runs.undelivered().size(), runs.troubles());
    }
}
