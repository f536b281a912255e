package dev.drydock.controller;

import dev.drydock.controller.cluster.Leadership;
import dev.drydock.controller.cluster.LeaseException;
import dev.drydock.controller.cluster.Leases;
import dev.drydock.controller.cluster.Leases.Term;
import dev.drydock.controller.cluster.Member;
import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.cluster.Standing;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.PostgresLeases;
import dev.drydock.controller.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller that shares its database with others. It leads while it holds the lease: then it is a whole {@link Controller}. Otherwise it
 * hands on to the leader whoever comes, and takes over when the lease is free.
 */
final class Node implements AutoCloseable {
    /** A leader that nothing is heard of is replaced after so long. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Node.class);
    private static final Duration RENEW = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** A leader that does not come to its end is ended: whoever runs it starts it again. */
    private static final Duration STEP_DOWN = Duration.ofSeconds(20);

    private static final int STUCK = 70;

    private final ControllerOptions options;
    private final Leases leases;
    private final Member self;
    private final Consumer<String> ready;
    private final Standing standing = new Standing(System::nanoTime);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean told;

    private Node(ControllerOptions options, Leases leases, Member self, Consumer<String> ready) {
        this.options = options;
        this.leases = leases;
        this.self = self;
        this.ready = ready;
    }

    /**
     * @param host under which the other controllers reach this machine
     * @param ready told once, with the line for whoever started it
     */
    static Node open(ControllerOptions given, PostgresAddress database, String host, Consumer<String> ready)
            throws StartException {
        try {
            ControllerOptions options = FixedPorts.of(given);
            Leases leases = PostgresLeases.open(database);
            Member self = Member.of(
                    host,
                    options.agentListen().getPort(),
                    options.apiListen().getPort(),
                    options.feedListen().map(address -> address.getPort()),
                    Version.text());
            FleetSecrets.require(leases, options.data());
            leases.seen(self, 0);
            leases.started(self);
            return new Node(options, leases, self, ready);
        } catch (StoreException | LeaseException | IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Until it is closed.
     *
     * @param watched where it answers for itself; empty: nowhere
     * @throws StartException when it cannot listen or lead; another one may then lead
     */
    void run(Optional<InetSocketAddress> watched) throws StartException, InterruptedException {
        try (Watching unused = watched.isPresent() ? Watching.start(watched.get(), standing) : null) {
            while (!stopping(Duration.ZERO)) {
                Optional<Leadership> term = take();
                if (term.isEmpty()) {
                    term = follow();
                }
                if (term.isPresent()) {
                    lead(term.get());
                }
            }
        } finally {
            leases.close();
            stopped.countDown();
        }
    }

    private Optional<Leadership> follow() throws StartException, InterruptedException {
        try (Following following = new Following(options, self)) {
            while (!stopping(LOOK)) {
                try {
                    Optional<Term> current = leases.current();
                    following.leader(current);
                    leases.seen(self, following.agents());
                    standing.follows(current.map(Term::epoch).orElse(0L), following.agents(), following.isListening());
                } catch (LeaseException e) {
                    log.debug("not known who leads", e);
                    following.unknown();
                    standing.unheard(following.agents(), following.isListening());
                }
                Optional<Leadership> term = take();
                if (term.isPresent()) {
                    return term;
                }
                if (following.isListening()) {
                    tell(following.readyLine());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Leadership> take() {
        long asked = System.nanoTime();
        try {
            return leases.take(self, LEASE).map(epoch -> {
                log.info("leads from now on, in term {}", epoch);
                return new Leadership(leases, epoch, LEASE, System::nanoTime, asked).start(RENEW);
            });
        } catch (LeaseException e) {
            log.debug("the lease was not taken", e);
            return Optional.empty();
        }
    }

    private void lead(Leadership term) throws StartException, InterruptedException {
        try (term) {
            whileHeld(term);
        }
    }

    private void whileHeld(Leadership term) throws StartException, InterruptedException {
        try {
            standing.starts(term.epoch());
            FleetSecrets.require(leases, options.data());
            Controller controller = Controller.start(options, term);
            try {
                FleetSecrets.agree(leases, options.data());
                tell(controller.readyLine());
                standing.leads(term.epoch(), controller.standing());
                while (!stopping(Duration.ZERO) && !term.awaitEnd(RENEW)) {
                    standing.turn();
                    seen();
                }
            } finally {
                standing.follows(0, 0, false);
                stepDown(controller, term);
            }
        } catch (LeaseException e) {
            log.warn("could not lead: {}", e.getMessage());
        } catch (IOException e) {
            throw new StartException("The data directory " + options.data() + " cannot be read: " + e.getMessage(), e);
        } catch (StartException e) {
            if (term.held()) {
                throw e;
            }
            log.warn("could not lead: {}", e.getMessage());
            var unused = stopping(LOOK);
        }
    }

    private void stepDown(Controller controller, Leadership term) {
        if (!term.held()) {
            log.warn("does not lead any more: its lease of term {} could not be renewed in time", term.epoch());
        }
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("step-down").start(() -> endUnless(ended));
        try {
            controller.close();
        } catch (IllegalStateException e) {
            log.warn("stepping down: {}", e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private static void endUnless(CountDownLatch ended) {
        try {
            if (!ended.await(STEP_DOWN.toSeconds(), TimeUnit.SECONDS)) {
                log.error("could not step down in time; the process ends");
                Runtime.getRuntime().halt(STUCK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seen() {
        try {
            int elsewhere = leases.members().stream()
                    .filter(other -> !other.leads())
                    .mapToInt(MemberStatus::connections)
                    .sum();
            leases.seen(self, Math.max(0, standing.agents() - elsewhere));
        } catch (LeaseException e) {
            log.debug("not put on record", e);
        }
    }

    private void tell(@Nullable String line) {
        if (!told && line != null) {
            told = true;
            ready.accept(line);
        }
    }

    private boolean stopping(Duration patience) throws InterruptedException {
        return stop.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Steps down and gives the lease back. Returns when all has ended. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!stopped.await(STEP_DOWN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the controller did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
