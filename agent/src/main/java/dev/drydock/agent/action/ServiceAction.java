package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Services;
import dev.drydock.proto.agent.v1.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What actions on services have in common: which services, their states before, and proving those after a rollback. */
abstract sealed class ServiceAction implements Action permits ServiceRestart, ServiceReload {
    private static final String SERVICES = "services";

    final Services services;
    final ServiceStates states;

    ServiceAction(Services services, Pause pause) {
        this.services = services;
        this.states = new ServiceStates(services, pause);
    }

    /** What is done to them, as a participle. */
    abstract String done();

    abstract void requirePossible(String name, Services.State state) throws HostException;

    abstract void act(String name, Job job) throws HostException, InterruptedException;

    @Override
    public final Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public final Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public final boolean goesBackLast() {
        return true;
    }

    @Override
    public final Plan plan(StepContext context) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            List<Change> changes = new ArrayList<>();
            List<Kept> before = new ArrayList<>();
            for (String name : Names.of(context.args())) {
                Services.State state = services.state(name, OnHost.job(context));
                if (!state.known()) {
                    throw new HostException("service " + name + " is not known to " + services.manager());
                }
                requirePossible(name, state);
                changes.add(change(name, state.detail(), done()));
                before.add(Kept.of(name, state));
            }
            return Plan.of(changes).before(struct(before));
        });
    }

    @Override
    public final Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        List<Kept> now = OnHost.get(() -> states.keep(Names.of(context.args()), OnHost.job(context)));
        return struct(ServiceStates.asBefore(now, kept(plan.before())));
    }

    @Override
    public final Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<Change> changes = new ArrayList<>();
            for (Kept kept : kept(prepared)) {
                act(kept.name(), job);
                changes.add(change(kept.name(), kept.active() ? "active" : "not active", done()));
            }
            return new Applied(changes);
        });
    }

    @Override
    public final void revive(StepContext context, Struct before) throws ActionException, InterruptedException {
        List<Kept> all = kept(before).stream().map(Kept::anyInstance).toList();
        OnHost.run(() -> states.restore(all, OnHost.job(context)));
    }

    @Override
    public final List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return OnHost.get(() -> states.proveRestored(kept(prepared), OnHost.job(context)));
    }

    static List<Kept> kept(Struct prepared) {
        return Kept.all(prepared, SERVICES);
    }

    private static Struct struct(List<Kept> kept) {
        return new Structs()
                .putStructs(SERVICES, kept.stream().map(Kept::toStruct).toList())
                .build();
    }

    private static Change change(String name, String from, String to) {
        return Change.newBuilder()
                .setKind("service")
                .setName(name)
                .setFrom(from)
                .setTo(to)
                .build();
    }
}
