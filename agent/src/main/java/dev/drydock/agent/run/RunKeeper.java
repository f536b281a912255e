package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.facts.HostFacts;
import dev.drydock.agent.policy.PolicyFile;
import dev.drydock.playbooks.sign.PublicSigner;
import dev.drydock.proto.agent.v1.Ack;
import dev.drydock.proto.agent.v1.CancelRun;
import dev.drydock.proto.agent.v1.Offer;
import dev.drydock.proto.agent.v1.OfferReply;
import dev.drydock.proto.agent.v1.OpenRun;
import dev.drydock.proto.agent.v1.PlanReport;
import dev.drydock.proto.agent.v1.PlanRequest;
import dev.drydock.proto.agent.v1.RebootLeave;
import dev.drydock.proto.agent.v1.RunEvent;
import dev.drydock.proto.agent.v1.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this host, kept in a directory each under {@code runs/}: the journal, the signed playbook, the output, and what
 * the steps keep for their way back. Each run that has not ended has a thread; {@link Turns} lets one of them at a time change
 * the host.
 */
public final class RunKeeper implements Runs, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunKeeper.class);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Path directory;
    private final TimeSource time;
    private final PlanReporter plans;
    private final FetchReporter fetches;
    private final FetchedDirectory fetched;
    private final OfferGate gate;
    private final Refusals refusals;
    private final PastRuns past;
    private final RunDirectory runs;
    private final RunTask.Engine engine;
    private final Map<String, RunEntry> open = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<RunsListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable DirectoryLock lock;
    private boolean stopping;

    /**
     * Touches nothing before {@link #start}.
     *
     * @param directory of the agent's data; one process at a time
     * @param signers the pinned ones, asked at each offer
     * @param policy the host's own, read at each offer and before each start
     * @param bootId of this boot of the host
     */
    public RunKeeper(
            Path directory,
            Catalog catalog,
            Supplier<List<PublicSigner>> signers,
            HostFacts facts,
            PolicyFile policy,
            TimeSource time,
            String bootId,
            String agentVersion) {
        Admission admission = new Admission(catalog, signers, facts, policy);
        this.directory = directory;
        this.time = time;
        this.plans = new PlanReporter(admission, time, directory.resolve("plans"));
        this.refusals = new Refusals(directory.resolve("refused"));
        this.past = new PastRuns(time);
        this.fetched = new FetchedDirectory(directory.resolve("fetched"), time);
        Turns turns = new Turns();
        this.fetches = new FetchReporter(admission, time, directory.resolve("plans"), fetched, turns);
        RunHandle.Agent agent = new RunHandle.Agent(time, bootId, agentVersion, this::news);
        this.engine = new RunTask.Engine(
                agent,
                admission,
                new HistoryFile(directory.resolve("durations")),
                turns,
                fetched,
                new Troubles(),
                this::stopped);
        this.runs = new RunDirectory(directory.resolve("runs"), past, engine.troubles());
        this.gate = new OfferGate(engine, time);
    }

    /**
     * Reads what is on disk and carries on every run that has not ended, those that have begun before those that have not.
     * Once, before anything else.
     *
     * @throws IOException when the directory cannot be used, or another process uses it
     */
    public synchronized void start() throws IOException {
        DurableFiles.createPrivateDirectory(directory);
        DurableFiles.createPrivateDirectory(directory.resolve("runs"));
        lock = DirectoryLock.take(directory.resolve("runs.lock"));
        refusals.load();
        DurableFiles.deleteTree(directory.resolve("plans"));
        List<RunEntry> loaded = runs.load();
        past.sweep();
        fetched.sweep();
        loaded.forEach(entry -> open.put(entry.id(), entry));
        List<RunEntry> toResume = loaded.stream()
                .filter(entry -> !entry.snapshot().ended())
                .sorted(Comparator.comparing(entry -> entry.snapshot().state() == RunState.ACCEPTED))
                .toList();
        for (RunEntry entry : toResume) {
            if (entry.snapshot().state() != RunState.ACCEPTED) {
                boolean first = engine.turns().take(entry.id(), entry.inbox());
                LOG.info(
                        "run {} goes on from {}{}", entry.id(), entry.snapshot().state(), first ? "" : ", in its turn");
            }
        }
        toResume.forEach(entry -> begin(entry, null));
    }

    @Override
    public synchronized OfferReply offer(Offer offer, byte[] envelope) throws IOException {
        String id = offer.getRunId();
        if (stopping || lock == null) {
            throw new IOException("the agent is " + (stopping ? "stopping" : "not started") + " and takes no runs");
        }
        if (!OfferGate.canBeRunId(id)) {
            return new Verdict.Refused(RefusalCode.INVALID_OFFER, "'" + id + "' cannot be the id of a run").reply(id);
        }
        Optional<OfferReply> earlier = earlier(id);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Optional<Verdict.Refused> refused = gate.refuse(offer, envelope);
        if (refused.isPresent()) {
            OfferReply reply = refused.get().reply(id);
            LOG.warn("run {} is refused: {}: {}", id, reply.getReasonCode(), reply.getReason());
            refusals.add(reply);
            return reply;
        }
        RunEntry entry = new RunEntry(id, RunDirectory.files(directory.resolve("runs"), id), time.wall());
        RunHandle handle = RunHandle.accept(offer, envelope, entry, engine.agent());
        open.put(id, entry);
        begin(entry, handle);
        return accepted(id);
    }

    private Optional<OfferReply> earlier(String id) {
        return open.containsKey(id) || past.has(id) ? Optional.of(accepted(id)) : refusals.of(id);
    }

    private static OfferReply accepted(String id) {
        return OfferReply.newBuilder().setRunId(id).setAccepted(true).build();
    }

    private void begin(RunEntry entry, @Nullable RunHandle handle) {
        RunTask task = new RunTask(entry, engine, handle);
        Thread thread = Thread.ofVirtual().name("run " + entry.id()).unstarted(() -> {
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    @Override
    public boolean knows(String runId) {
        return earlier(runId).isPresent();
    }

    @Override
    public void cancel(CancelRun cancel) {
        RunEntry entry = open.get(cancel.getRunId());
        switch (cancel.getMode()) {
            case MODE_IF_NOT_STARTED, MODE_ROLL_BACK -> {
                if (entry != null && !entry.snapshot().ended()) {
                    entry.inbox().put(cancel);
                }
            }
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                LOG.warn("a cancel of run {} is of a kind that this agent does not know", cancel.getRunId());
        }
    }

    @Override
    public void mayReboot(RebootLeave leave) {
        RunEntry entry = open.get(leave.getRunId());
        if (entry != null) {
            entry.inbox().mayReboot(leave.getStep());
        }
    }

    @Override
    public PlanReport plan(PlanRequest request, byte[] envelope) throws InterruptedException {
        return request.getFetch() ? fetches.fetch(request, envelope) : plans.plan(request, envelope);
    }

    @Override
    public List<OpenRun> undelivered() {
        return open.values().stream()
                .sorted(RunEntry.OLDEST_FIRST)
                .map(RunEntry::openRun)
                .toList();
    }

    @Override
    public List<RunEvent> events(String runId, long after, int maxBytes) throws IOException {
        RunEntry entry = open.get(runId);
        return entry == null ? List.of() : entry.events(after, maxBytes);
    }

    @Override
    public byte[] output(String runId, long offset, int maxBytes) throws IOException {
        RunEntry entry = open.get(runId);
        return entry == null ? new byte[0] : entry.output(offset, maxBytes);
    }

    @Override
    public void acked(Ack ack) throws IOException {
        RunEntry entry = open.get(ack.getRunId());
        if (entry != null) {
            entry.acked(ack);
            settle(entry);
        }
    }

    @Override
    public synchronized boolean deliveredTo(String recordId) throws IOException {
        Path note = directory.resolve("record");
        String before = Files.exists(note) ? Files.readString(note).strip() : "";
        if (before.equals(recordId)) {
            return false;
        }
        boolean more = false;
        if (!before.isEmpty()) {
            open.values().forEach(RunEntry::forgotten);
            for (String id : past.forgetAll()) {
                more = true;
                runs.load(id).ifPresent(entry -> open.put(id, entry));
            }
            LOG.info("the controller's record was put back from a backup: it gets all of {} runs again", open.size());
        }
        DurableFiles.replace(note, (recordId + "\n").getBytes(StandardCharsets.UTF_8));
        return more;
    }

    private void settle(RunEntry entry) throws IOException {
        if (entry.past()) {
            past.add(entry);
            open.remove(entry.id());
            past.sweep();
        }
    }

    private void stopped(RunEntry entry) {
        try {
            settle(entry);
        } catch (IOException e) {
            LOG.warn("that run {} is delivered cannot be kept; it is sent again after a restart", entry.id(), e);
        }
        news(entry.id());
    }

    @Override
    public void listen(RunsListener listener) {
        listeners.add(listener);
    }

    private void news(String runId) {
        listeners.forEach(listener -> listener.news(runId));
    }

    @Override
    public List<String> troubles() {
        return engine.troubles().lines();
    }

    /** Stops at once, in the middle of whatever is done; the journals carry the runs on. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            stopping = true;
        }
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                if (!thread.join(STOP)) {
                    LOG.warn("{} did not stop within {}", thread.getName(), STOP);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }
}
