package dev.drydock.controller.incident;

import dev.drydock.controller.agents.HostDirectory;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.contract.Contract;
import dev.drydock.controller.contract.Contracts;
import dev.drydock.controller.contract.Cover;
import dev.drydock.controller.contract.MaintenanceType;
import dev.drydock.controller.contract.Scope;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunListener;
import dev.drydock.controller.run.RunStates;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.proto.agent.v1.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts runs that have ended against contracts, and opens incidents for those that failed. What it has seen is on record with
 * the runs, so that a controller that dies forgets none and opens none twice. One thread.
 */
public final class IncidentKeeper implements RunListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IncidentKeeper.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** Until it looks at what it heard of: a rollout ends on many hosts at once, and one look sees them all. */
    private static final Duration SOON = Duration.ofMillis(250);

    private static final int AT_ONCE = 500;
    private static final int LONGEST_TITLE = 200;

    private final IncidentStore store;
    private final Contracts contracts;
    private final HostDirectory hosts;
    private final Blackouts.Source calendars;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("incidents").factory());

    private final AtomicBoolean looking = new AtomicBoolean();

    public IncidentKeeper(
            IncidentStore store,
            Contracts contracts,
            HostDirectory hosts,
            Blackouts.Source calendars,
            InstantSource clock) {
        this.store = store;
        this.contracts = contracts;
        this.hosts = hosts;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** Begins with what ended while there was no controller. */
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::guarded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void runChanged(Run run) {
        if (RunStates.ended(run.state()) && looking.compareAndSet(false, true)) {
            try {
                var unused = timer.schedule(this::heard, SOON.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("closed; the run is looked at after the next start", e);
            }
        }
    }

    private void heard() {
        looking.set(false);
        guarded();
    }

    private void guarded() {
        try {
            look();
        } catch (RuntimeException e) {
            log.error("incidents could not be opened; again in {} s", LOOK.toSeconds(), e);
        }
    }

    void look() {
        while (count() == AT_ONCE) {
            log.debug("more runs are to be counted");
        }
        while (open() == AT_ONCE) {
            log.debug("more runs have failed");
        }
    }

    private int count() {
        List<EndedRun> runs = store.uncounted(AT_ONCE);
        List<ContractChange> changes = new ArrayList<>();
        for (EndedRun run : runs) {
            Cover cover = cover(hosts.find(run.hostId()), run.type(), clock.instant());
            if (cover.scope() != Scope.OUT_OF_CONTRACT) {
                changes.add(new ContractChange(run.id(), run.type(), cover));
            }
        }
        if (!runs.isEmpty()) {
            store.counted(runs, changes);
        }
        return runs.size();
    }

    private int open() {
        List<EndedRun> runs = store.withoutIncident(AT_ONCE);
        for (EndedRun run : runs) {
            store.take(asked(run))
                    .ifPresent(incident ->
                            log.info("run {} ended {}: incident {}", run.id(), words(run.state()), incident.id()));
        }
        return runs.size();
    }

    private NewIncident asked(EndedRun run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<HostView> host = hosts.find(run.hostId());
        String name = host.map(HostView::name).orElse(run.hostId());
        String cause = RunGroup.cause(run.reason(), name, words(run.state()));
        String title = run.playbook() + " in rollout " + run.rollout() + ": " + cause;
        return new NewIncident(
                Optional.empty(),
                title.substring(0, Math.min(LONGEST_TITLE, title.length())),
                run.type(),
                cover(host, run.type(), now),
                Optional.of(new RunGroup(run.rolloutId(), run.rollout(), run.playbook(), cause)),
                "",
                now,
                List.of(new AffectedHost(
                        run.hostId(),
                        name,
                        Optional.of(new AffectedHost.FailedRun(
                                run.id(), run.state(), run.reason(), Optional.of(run.endedAt()))))),
                name + ": " + said(run));
    }

    private Cover cover(Optional<HostView> host, MaintenanceType type, Instant now) {
        Optional<Contract> contract = host.flatMap(view -> contracts.of(view.facts()));
        return contract.map(one -> one.cover(type, now, calendars.get())).orElse(Cover.NONE);
    }

    private static String said(EndedRun run) {
        String fixed = run.state() == RunState.ROLLED_BACK ? "rolled back and verified, for now" : words(run.state());
        return run.reason().isEmpty() ? fixed : fixed + ": " + run.reason();
    }

    private static String words(RunState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What is not counted or opened yet is after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
