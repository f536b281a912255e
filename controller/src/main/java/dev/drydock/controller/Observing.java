package dev.drydock.controller;

import com.linecorp.armeria.server.ServerBuilder;
import dev.drydock.controller.agents.AgentPlane;
import dev.drydock.controller.calendar.CalendarLibrary;
import dev.drydock.controller.health.Check;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.metrics.ApiMeters;
import dev.drydock.controller.metrics.FleetMeters;
import dev.drydock.controller.metrics.Registry;
import dev.drydock.controller.metrics.RolloutMeters;
import dev.drydock.controller.metrics.RunMeters;
import dev.drydock.controller.metrics.StoreMeters;
import dev.drydock.controller.metrics.TrafficMeters;
import dev.drydock.controller.metrics.UpkeepMeters;
import dev.drydock.controller.probe.HealthPage;
import dev.drydock.controller.probe.MetricsPage;
import dev.drydock.controller.rollout.RolloutCoordinator;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.run.RunStore;
import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.Role;
import dev.drydock.controller.security.ServerCertificates;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.trace.RunTracer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** The part of the controller that lets operators see how it fares: metrics, health, traces. It changes nothing. */
final class Observing {
    /** Longer at one thing is stuck: a restart is then the best that can happen. SQLite itself waits for ten seconds. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final LongSupplier NANOS = System::nanoTime;

    private final Closing closing;
    private final ControllerOptions options;
    private final SqlStore store;
    private final InstantSource clock;
    private final Registry registry;
    private final ApiMeters calls;
    private volatile boolean stopping;

    Observing(Closing closing, ControllerOptions options, SqlStore store, InstantSource clock) {
        this.closing = closing;
        this.options = options;
        this.store = store;
        this.clock = clock;
        this.registry = closing.add("metrics", new Registry(Version.text()));
        this.calls = new ApiMeters(registry);
        store.listen(new StoreMeters(registry, store::waiting));
    }

    /** To be called before agents are let in. */
    void watch(RunStore runs, RunNotifier runChanges, AgentPlane agents, RolloutCoordinator rollouts) {
        FleetMeters.register(registry, agents.directory(), agents::connected, clock, NANOS);
        agents.listen(new TrafficMeters(registry));
        rollouts.listen(new RolloutMeters(registry, rollouts, NANOS));
        runChanges.add(new RunMeters(registry));
        options.traces().ifPresent(collector -> {
            RunTracer tracer = closing.add("traces", new RunTracer(collector, Version.text(), runs::events, clock));
            rollouts.listen(tracer);
            agents.listen(tracer);
            runChanges.add(tracer);
        });
    }

    void tell(CertificateAuthority authority, ServerCertificates certificates, CalendarLibrary calendars) {
        UpkeepMeters upkeep = new UpkeepMeters(registry, NANOS);
        upkeep.certificate("ca", authority::certificate);
        upkeep.certificate("server", certificates::certificate);
        upkeep.calendars(calendars::all);
        upkeep.notifications(new SqlNotifications(store)::counts);
        upkeep.disk(options.data());
    }

    ApiMeters calls() {
        return calls;
    }

    /** @param ready whether it can be relied on now */
    record Vitals(Health live, Health ready) {}

    Vitals vitals(AgentPlane agents, RolloutCoordinator rollouts) {
        return new Vitals(
                health(List.of(
                        new Check("writer", () -> store.alive(STUCK)),
                        new Check("rollouts", () -> rollouts.alive(STUCK)))),
                health(List.of(
                        new Check("running", () -> !stopping),
                        new Check("store", () -> store.probe().join()),
                        new Check("agents", agents::isListening),
                        new Check("rollouts", rollouts::takenUp))));
    }

    /** Adds {@code /metrics} for users, and {@code /healthz} and {@code /readyz} for anybody. */
    void addTo(ServerBuilder server, Vitals vitals, Authenticator users) {
        server.service("/healthz", new HealthPage(vitals.live()));
        server.service("/readyz", new HealthPage(vitals.ready()));
        server.service(
                "/metrics",
                new MetricsPage(
                        registry,
                        header -> !header.isEmpty()
                                && switch (users.authenticate(header)) {
                                    case Authenticator.Known known ->
                                        known.principal().everywhere(Role.VIEWER);
                                    case Authenticator.Refused refused -> false;
                                }));
    }

    private Health health(List<Check> checks) {
        return closing.add("checks", new Health(checks, PATIENCE, NANOS));
    }

    /** From now on it is not ready: nobody should come any more. */
    void stopping() {
        stopping = true;
    }
}
