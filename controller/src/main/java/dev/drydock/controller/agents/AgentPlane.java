package dev.drydock.controller.agents;

import dev.drydock.controller.agents.output.RunOutputFiles;
import dev.drydock.controller.agents.transport.PeerInterceptor;
import dev.drydock.controller.artifact.ArtifactContent;
import dev.drydock.controller.playbook.PinnedSigners;
import dev.drydock.controller.playbook.PlaybookContent;
import dev.drydock.controller.run.RunDispatcher;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.proto.agent.v1.EnrollmentGrpc;
import dev.drydock.proto.agent.v1.SessionGrpc;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent plane: enrolment, sessions, content. {@link #directory}, {@link #admin}, {@link #dispatcher} and {@link #plans} may be used before
 * it is started: then nobody is connected. Close it before the store and before the output files.
 */
public final class AgentPlane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentPlane.class);
    private static final int MIN_THREADS = 4;
    private static final int CLOSING_SECONDS = 5;

    final PlaneParts parts;
    private final Fleet fleet;
    private final AgentListener listener;
    private final ServerCertificates certificates;
    private final ExecutorService pool;
    private final ScheduledExecutorService ticker;
    private boolean closed;

    /**
     * @param recordId names the record of runs, the same until a backup is put back
     * @param nanos a clock that never jumps ({@code System::nanoTime}), for how long ago something was
     * @param random for identities of hosts: one that cannot be guessed
     */
    public AgentPlane(
            AgentPlaneSettings settings,
            String recordId,
            CertificateAuthority authority,
            ServerCertificates certificates,
            HostStore hosts,
            RunStore runs,
            RunLedger ledger,
            RunOutputFiles output,
            PlaybookContent content,
            ArtifactContent artifacts,
            PinnedSigners signers,
            InstantSource clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.pool = pool();
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("agent-plane-ticker").daemon().factory());
        this.certificates = certificates;
        SessionRegistry registry = new SessionRegistry(settings.silence(), settings.probe());
        this.parts = new PlaneParts(
                settings,
                recordId,
                hosts,
                runs,
                ledger,
                output,
                new Presence(hosts),
                registry,
                new SessionLooks(nanos.getAsLong(), settings.looks()),
                new HostsListeners(),
                new TrafficListeners(),
                new PlanRequests(registry),
                new TimesOfLikeHosts(runs, hosts, nanos),
                clock,
                nanos,
                random,
                pool);
        this.fleet = new Fleet(parts);
        this.listener = new AgentListener(
                settings,
                authority,
                certificates,
                new PeerInterceptor(EnrollmentGrpc.getEnrollMethod().getFullMethodName(), clock),
                List.of(
                        new EnrollmentService(parts, authority, signers, fleet),
                        new ContentService(parts, content, artifacts, fleet),
                        new SessionService(parts)),
                SessionGrpc.getConnectMethod().getFullMethodName()::equals,
                pool);
    }

    /** Work that comes after the end, as news of writes that were under way, is for sessions that are no more. */
    private static ExecutorService pool() {
        int threads = Math.max(MIN_THREADS, 2 * Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("agent-plane-", 0).daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** @throws IOException when the address cannot be listened on */
    public void start() throws IOException {
        listener.start();
        every(parts.settings().tick(), () -> {
            certificates.renewIfDue();
            parts.registry().settle();
        });
        every(parts.settings().looks(), () -> parts.looks()
                .look(parts.nanos().getAsLong(), parts.clock().instant()));
        every(parts.settings().writeSightings(), parts.presence()::write);
    }

    private void every(Duration period, Runnable task) {
        ticker.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.error("a regular task of the agent plane failed; it goes on", e);
                    }
                },
                period.toNanos(),
                period.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Where it listens; known once started. */
    public int port() {
        return listener.port();
    }

    public HostDirectory directory() {
        return fleet;
    }

    public HostAdmin admin() {
        return fleet;
    }

    public RunDispatcher dispatcher() {
        return fleet;
    }

    public HostPlans plans() {
        return parts.plans();
    }

    public HostFetches fetches() {
        return parts.plans();
    }

    /** Tells the listener of every host that comes, goes or changes, from now on. */
    public void listen(HostsListener hosts) {
        parts.listeners().add(hosts);
    }

    /** Tells of what goes over agents' streams from now on. */
    public void listen(TrafficListener traffic) {
        parts.traffic().add(traffic);
    }

    /** Agents whose stream is open now. */
    public int connected() {
        return (int)
                parts.registry().all().stream().filter(AgentSession::isOpen).count();
    }

    /** Whether agents can come. */
    public boolean isListening() {
        return listener.isListening();
    }

    /** Sends every agent away, to come back at instants spread over a while; puts on record who was here; ends. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ticker.shutdownNow();
        CompletableFuture<?>[] ends = parts.registry().all().stream()
                .map(session -> session.end(
                        Ending.comeBack(Status.Code.UNAVAILABLE, "The controller is stopping.", parts.jitter())))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, CLOSING_SECONDS, TimeUnit.SECONDS)
                .join();
        listener.close();
        parts.presence().write();
        pool.shutdown();
    }
}
