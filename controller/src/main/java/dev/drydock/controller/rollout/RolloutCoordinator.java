package dev.drydock.controller.rollout;

import dev.drydock.controller.agents.HostsListener;
import dev.drydock.controller.logs.LogKey;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunLedger;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.window.Blackouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one driver of all rollouts. Its thread alone changes them: it asks {@link RolloutMachine}, puts the decision and the runs
 * that it offers on record in one transaction, and only then carries out the commands. A change that could not be recorded
 * did not happen; it is made again from what is on record. What is heard of runs is only a hint to look sooner.
 */
public final class RolloutCoordinator implements Rollouts, RunListener, HostsListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RolloutCoordinator.class);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** Until hosts that changed are asked whether they match now: by each rollout, each host that it has not. */
    private static final Duration MATCHING = Duration.ofSeconds(5);

    private final RolloutStore store;
    private final RunStore runs;
    private final RunLedger ledger;
    private final Planning planning;
    private final HostReadiness readiness;
    private final Blackouts.Source blackouts;
    private final InstantSource clock;
    private final RolloutEffects effects;
    private final Watches watches = new Watches();
    private final RolloutThread thread = new RolloutThread();
    private final Map<String, Rollout> live = new ConcurrentHashMap<>();
    private final Queue<Run> heard = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean listening = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean matching = new AtomicBoolean();
    private final List<DecisionListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> retrying = ConcurrentHashMap.newKeySet();
    private volatile boolean takenUp;

    public RolloutCoordinator(RolloutPorts ports, Planning planning, InstantSource clock) {
        this.store = ports.store();
        this.runs = ports.runs();
        this.ledger = ports.ledger();
        this.planning = planning;
        this.readiness = new HostReadiness(ports.hosts(), ports.rules());
        this.blackouts = ports.blackouts();
        this.clock = clock;
        this.effects = new RolloutEffects(ports.runs(), ports.dispatcher(), this::runChanged, this::retryLater);
    }

    /**
     * Takes up every rollout where it stands on record, then follows the clock. To be called once, when agents can be told.
     * Runs may be reported and hosts may change before.
     */
    public void start() {
        thread.call(() -> {
            store.openRuns().forEach(readiness::saw);
            for (Rollout rollout : store.live()) {
                live.put(rollout.id(), rollout);
            }
            live.keySet().forEach(this::takeUp);
            return true;
        });
        thread.every(POLL, "looking at the clock", this::look);
        matchSoon();
        takenUp = true;
    }

    /** Tells of decisions from now on. */
    public void listen(DecisionListener listener) {
        listeners.add(listener);
    }

    /** Whether {@link #start} is done: every rollout is driven again. */
    public boolean takenUp() {
        return takenUp;
    }

    /** Whether its thread takes work, and has been at no one thing for longer. */
    public boolean alive(Duration patience) {
        return thread.alive(patience);
    }

    @Override
    public Rollout create(RolloutDraft draft) throws InvalidRolloutException {
        Optional<Rollout> there = find(draft.name());
        if (there.isPresent()) {
            return same(draft, there.get());
        }
        RolloutPlan plan = planning.plan(draft);
        return thread.call(() -> {
            Rollout planned = RolloutMachine.planned(plan, Map.of());
            Outcome change = decide(planned, List.of(new RolloutEvent.Tick()));
            Optional<Rollout> other = store.insert(change.after(), change.offers());
            if (other.isPresent()) {
                return same(draft, other.get());
            }
            carryOut(change);
            return change.after();
        });
    }

    private static Rollout same(RolloutDraft draft, Rollout there) {
        if (!draft.asksFor(there.plan())) {
            throw new RolloutExistsException(draft.name());
        }
        return there;
    }

    @Override
    public Optional<Rollout> find(String nameOrId) {
        return live.values().stream()
                .filter(rollout ->
                        rollout.name().equals(nameOrId) || rollout.id().equals(nameOrId))
                .findFirst()
                .or(() -> store.find(nameOrId));
    }

    @Override
    public List<Rollout> list() {
        return store.list();
    }

    @Override
    public Optional<String> name(String id) {
        return Optional.ofNullable(live.get(id)).map(Rollout::name).or(() -> store.name(id));
    }

    @Override
    public List<Rollout> heads() {
        return store.heads().stream()
                .map(rollout -> live.getOrDefault(rollout.id(), rollout))
                .toList();
    }

    @Override
    public List<Rollout> live() {
        return List.copyOf(live.values());
    }

    @Override
    public Rollout pause(String nameOrId) {
        return operate(nameOrId, new RolloutEvent.Pause());
    }

    @Override
    public Rollout resume(String nameOrId) {
        return operate(nameOrId, new RolloutEvent.Resume());
    }

    @Override
    public Rollout abort(String nameOrId, boolean rollBack) {
        return operate(nameOrId, new RolloutEvent.Abort(rollBack));
    }

    @Override
    public Rollout retry(String nameOrId, Set<String> hosts) {
        return thread.call(() -> {
            Rollout rollout = require(nameOrId);
            RolloutEvent event = new RolloutEvent.Retry(hosts);
            Refusals.check(rollout, event);
            Refusals.checkRetry(rollout, hosts, Micros.now(clock));
            return drive(rollout, List.of(event));
        });
    }

    @Override
    public Rollout approve(String nameOrId, OptionalInt wave, String by, String comment) {
        return thread.call(() -> {
            Rollout rollout = require(nameOrId);
            RolloutEvent event = new RolloutEvent.Approve(Refusals.waveToApprove(rollout, wave), by, comment);
            Refusals.check(rollout, event);
            return drive(rollout, List.of(event));
        });
    }

    private Rollout operate(String nameOrId, RolloutEvent event) {
        return thread.call(() -> {
            Rollout rollout = require(nameOrId);
            Refusals.check(rollout, event);
            return drive(rollout, List.of(event));
        });
    }

    @Override
    public RolloutWatch watch(String nameOrId, RolloutListener listener) {
        return thread.call(() -> watches.add(require(nameOrId), listener));
    }

    private Rollout require(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> new UnknownRolloutException(nameOrId));
    }

    /** Returns at once. */
    @Override
    public void runChanged(Run run) {
        heard.add(run);
        if (listening.compareAndSet(false, true)) {
            thread.soon("hearing of runs", this::listen);
        }
    }

    /** Returns at once. */
    @Override
    public void hostsChanged() {
        readiness.changed();
        matchSoon();
        if (looking.compareAndSet(false, true)) {
            thread.soon("looking at hosts", this::look);
        }
    }

    private void listen() {
        listening.set(false);
        Map<String, List<Run>> byRollout = new LinkedHashMap<>();
        for (Run run = heard.poll(); run != null; run = heard.poll()) {
            readiness.saw(run);
            byRollout.computeIfAbsent(run.rolloutId(), id -> new ArrayList<>()).add(run);
        }
        byRollout.forEach((id, changed) -> guarded(id, rollout -> drive(rollout, reports(changed))));
    }

    /** Hosts that came since, or whose labels or facts changed. */
    private void matchSoon() {
        if (matching.compareAndSet(false, true)) {
            thread.in(MATCHING, "looking for hosts that match now", this::match);
        }
    }

    private void match() {
        matching.set(false);
        live.keySet()
                .forEach(id -> guarded(id, rollout -> {
                    List<Candidate> now = rollout.state().ended() ? List.of() : planning.newcomers(rollout.plan());
                    if (!now.isEmpty()) {
                        drive(rollout, List.of(new RolloutEvent.HostsMatch(now)));
                    }
                }));
    }

    private void look() {
        looking.set(false);
        live.keySet().forEach(id -> guarded(id, rollout -> drive(rollout, List.of(new RolloutEvent.Tick()))));
    }

    /** Brings it in line with the runs on record, and has repeated what may not have been carried out. */
    private void takeUp(String id) {
        retrying.remove(id);
        guarded(id, rollout -> {
            List<RolloutEvent> events = new ArrayList<>(reports(runs.ofRollout(id)));
            events.add(new RolloutEvent.Recovered());
            drive(rollout, events);
        });
    }

    private void guarded(String id, Consumer<Rollout> work) {
        try (var _ = LogKey.ROLLOUT.with(id)) {
            Optional.ofNullable(live.get(id)).or(() -> store.find(id)).ifPresent(work);
        } catch (RuntimeException e) {
            log.error("rollout {} could not be driven; again in {} s", id, RETRY.toSeconds(), e);
            retryLater(id);
        }
    }

    private void retryLater(String id) {
        if (retrying.add(id)) {
            thread.in(RETRY, "trying rollout " + id + " again", () -> takeUp(id));
        }
    }

    /** As one event: what follows from many reports is decided once, not for each of them with all hosts that run beside it. */
    private List<RolloutEvent> reports(List<Run> changed) {
        Map<String, String> steps = ledger.steps(changed.stream().map(Run::id).toList());
        return List.of(new RolloutEvent.RunsChanged(changed.stream()
                .map(run -> new RolloutEvent.RunChanged(
                        run.hostId(),
                        run.id(),
                        run.state(),
                        run.reason(),
                        steps.getOrDefault(run.id(), ""),
                        run.startedAt(),
                        run.endedAt(),
                        run.reboot()))
                .toList()));
    }

    private Rollout drive(Rollout before, List<RolloutEvent> events) {
        try (var _ = LogKey.ROLLOUT.with(before.id())) {
            Outcome change = decide(before, events);
            if (!change.after().equals(before) || !change.offers().isEmpty()) {
                store.save(before, change.after(), change.offers());
            }
            carryOut(change);
            return change.after();
        }
    }

    private Outcome decide(Rollout before, List<RolloutEvent> events) {
        Instant now = Micros.now(clock);
        List<RolloutEvent> all = new ArrayList<>(events);
        if (events.stream().anyMatch(RolloutEvent.Retry.class::isInstance)) {
            // Who can begin matters once they are to be tried again.
            all.add(readiness.of(before, live.values(), now));
        } else if (!before.state().ended() && before.hosts().stream().anyMatch(HostProgress::waiting)) {
            all.addFirst(readiness.of(before, live.values(), now));
        }
        Blackouts known = blackouts.get();
        Rollout after = before;
        List<Command> commands = new ArrayList<>();
        for (RolloutEvent event : all) {
            Decision decision = RolloutMachine.decide(after, event, now, known);
            after = decision.rollout();
            commands.addAll(decision.commands());
        }
        return new Outcome(before, after, commands, now);
    }

    private void carryOut(Outcome change) {
        Rollout after = change.after();
        tell(change);
        boolean over = after.state().ended() && after.hosts().stream().noneMatch(HostProgress::open);
        if (over) {
            live.remove(after.id());
            thread.noMoreTicks(after.id());
        } else {
            live.put(after.id(), after);
        }
        change.offers().forEach(readiness::saw);
        // What is done comes before what is said of it: of a rollout to many that is a line each.
        effects.carryOut(after.id(), change.commands());
        List<TimedNote> notes = change.notes();
        notes.forEach(note -> log.info("rollout {}: {}{}", after.name(), host(after, note), note.text()));
        change.nextTick()
                .ifPresent(at -> thread.at(
                        after.id(),
                        Duration.between(change.now(), at),
                        () -> guarded(after.id(), now -> drive(now, List.of(new RolloutEvent.Tick())))));
        if (!notes.isEmpty() || !after.equals(change.before())) {
            watches.tell(after, notes);
        }
    }

    private void tell(Outcome change) {
        if (!listeners.isEmpty()
                && (!change.offers().isEmpty() || !change.after().equals(change.before()))) {
            Instant durableAt = clock.instant();
            listeners.forEach(listener ->
                    listener.decided(change.before(), change.after(), change.offers(), change.missed(), durableAt));
        }
    }

    private static String host(Rollout rollout, TimedNote note) {
        return rollout.plan().position(note.hostId()).stream()
                .mapToObj(i -> rollout.hosts().get(i).host().name() + " ")
                .collect(Collectors.joining());
    }

    /** Ends its thread after what that is at. What was not done is done after the next start. */
    @Override
    public void close() {
        thread.close();
    }
}
