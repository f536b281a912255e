package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.Listening;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.proto.agent.v1.Fetched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code middleware.update}: updates pieces of middleware by their profiles. Data is copied while its services are stopped, packages
 * change in one transaction without their scripts starting anything, configuration is tested, and then services start in order. The
 * way back: packages, configuration, and data where the old program cannot work with what is there.
 */
final class MiddlewareUpdate implements Action {
    private final ManagedHost host;
    private final Pause pause;
    private final ServiceStates states;
    private final MiddlewareHealth health;
    private final ConfigurationTrees trees;

    MiddlewareUpdate(ManagedHost host, Listening listening, Pause pause) {
        this.host = host;
        this.pause = pause;
        this.states = new ServiceStates(host.services(), pause);
        this.health = new MiddlewareHealth(host, listening, pause);
        this.trees = new ConfigurationTrees(host.files());
    }

    @Override
    public String name() {
        return "middleware.update";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(45);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<String> broken = manager.audit(job);
            if (!broken.isEmpty()) {
                throw new HostException("packages are broken before the change: " + broken + "; mend them first, by "
                        + manager.mending());
            }
            if (args.refresh()) {
                PackageLists.refresh(manager, context, args.lockTimeout(), job);
            }
            MiddlewareSet set = MiddlewareSet.find(host, manager, args, job);
            if (set.wanted().isEmpty()) {
                return Plan.nothing("none of it is installed: " + String.join(", ", args.of()));
            }
            set.wanted().forEach(one -> job.output().line("Found " + one.label() + ", " + one.version()));
            List<PackageChange> changes = resolve(manager, set, args, job);
            return changes.isEmpty() ? Plan.nothing("no update is on offer") : Plan.of(PackageChanges.of(changes));
        });
    }

    @Override
    public Fetched fetch(StepContext context, Plan plan) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            if (args.refresh()) {
                PackageLists.readAhead(manager, context);
            }
            MiddlewareSet set = MiddlewareSet.find(host, manager, args, job);
            return FetchedPackages.fetch(host, manager, resolve(manager, set, args, job), context, job);
        });
    }

    private static List<PackageChange> resolve(PackageManager manager, MiddlewareSet set, MiddlewareArgs args, Job job)
            throws HostException, InterruptedException {
        Selection selection = set.selection(manager, args, job);
        if (selection.packages().isEmpty()) {
            return List.of();
        }
        List<PackageChange> changes = manager.resolve(selection, job).changes();
        List<String> majors = set.majors(changes);
        if (!majors.isEmpty() && !args.allowMajor()) {
            throw new HostException("this would take " + String.join(" and ", majors)
                    + ", which is more than a minor update; allow it with allowMajor: true, or exclude its packages");
        }
        return changes;
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            MiddlewareSet set = MiddlewareSet.find(host, manager, args, job);
            List<PackageChange> changes = resolve(manager, set, args, job);
            if (!PackageChanges.of(changes).equals(plan.changes())) {
                throw new HostException(
                        "what is to change is no longer what was planned: " + PackageChanges.of(changes));
            }
            return new MiddlewarePreparation(host, manager, states, health, pause)
                    .prepare(set, changes, args, context, job)
                    .toStruct();
        });
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        MiddlewareUndo undo = MiddlewareUndo.of(prepared);
        Path workDir = context.workDir();
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            for (MiddlewareData data : data(undo, args, workDir)) {
                data.keep(job);
            }
            new PackageCommit(host, manager)
                    .make(undo.packages(), ConfigFiles.KEEP, undo.held(), Set.of(), args.lockTimeout(), workDir, job);
            health.requireValidConfiguration(undo.handled(), "with the new version", job);
            start(undo, job);
            states.renew(undo.packages().services(), job);
            return new Applied(PackageChanges.of(undo.packages().changes()));
        });
    }

    /** What is asked before what asks. */
    private void start(MiddlewareUndo undo, Job job) throws HostException, InterruptedException {
        for (Handled one : undo.handled()) {
            for (Kept service : undo.servicesOf(one)) {
                if (service.active() && one.updated()) {
                    job.output().line("Restarting " + service.name());
                    host.services().restart(service.name(), job);
                } else if (service.active()) {
                    job.output().line("Reloading " + service.name() + ", which serves by what was updated");
                    host.services().reload(service.name(), job);
                }
            }
        }
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        if (interrupted) {
            throw new ActionException("it was cut off, and whether all services run what is new cannot be told");
        }
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        MiddlewareUndo undo = MiddlewareUndo.of(prepared);
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            new PackageProof(host, manager, states)
                    .requireChanged(undo.packages(), PackageCommit.automaticAfter(undo.packages(), Set.of()), job);
            states.requireActive(undo.services(), job);
            health.requireAsBefore(undo.handled(), undo.health(), args.settle(), job);
            for (MiddlewareData data : data(undo, args, context.workDir())) {
                data.requireNothingLost(job);
            }
        });
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        MiddlewareUndo undo = MiddlewareUndo.of(prepared);
        Path workDir = context.workDir();
        Job job = OnHost.job(context);
        Leftovers.end(job);
        OnHost.run(() -> {
            new StartPolicy(host.files()).clear();
            new PackageRollback(host, manager, states).putBack(undo.packages(), undo.held(), workDir, job);
            trees.restore(undo.configuration(), undo.trees(), MiddlewareUndo.treesDir(workDir));
            for (MiddlewareData data : data(undo, args, workDir)) {
                data.putBack(job);
            }
            states.restore(inOrder(undo), job);
            for (Handled one : undo.handled()) {
                for (Kept service : undo.servicesOf(one)) {
                    if (service.active() && !one.updated()) {
                        host.services().reload(service.name(), job);
                    }
                }
            }
        });
    }

    /**
     * Of all that is handled, then whatever else the packages run. What keeps data was stopped for its copy and was started with
     * the old program when the data was looked at.
     */
    private static List<Kept> inOrder(MiddlewareUndo undo) {
        List<Kept> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Handled one : undo.handled()) {
            for (Kept kept : undo.servicesOf(one)) {
                all.add(one.data().isPresent() ? kept.anyInstance() : kept);
                names.add(kept.name());
            }
        }
        undo.packages().services().stream()
                .filter(kept -> !names.contains(kept.name()))
                .forEach(all::add);
        return all;
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        MiddlewareArgs args = MiddlewareArgs.of(context.args());
        MiddlewareUndo undo = MiddlewareUndo.of(prepared);
        Path workDir = context.workDir();
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<String> evidence = new ArrayList<>(
                    new PackageProof(host, manager, states).requireRestored(undo.packages(), workDir, job));
            List<String> changed = trees.changed(undo.configuration(), undo.trees());
            if (!changed.isEmpty()) {
                throw new HostException("configuration is not as before: " + String.join(", ", changed));
            }
            evidence.add("all " + undo.trees().size() + " files of configuration below "
                    + String.join(", ", undo.configuration()) + " are as before");
            for (MiddlewareData data : data(undo, args, workDir)) {
                evidence.addAll(data.prove(job));
            }
            evidence.addAll(states.proveRestored(undo.services(), job));
            health.requireAsBefore(undo.handled(), undo.health(), args.settle(), job);
            evidence.addAll(MiddlewareHealth.describe(undo.health()));
            return evidence;
        });
    }

    private List<MiddlewareData> data(MiddlewareUndo undo, MiddlewareArgs args, Path workDir) {
        return undo.handled().stream()
                .filter(one -> one.data().isPresent())
                .map(one -> new MiddlewareData(host, one, undo.servicesOf(one), args.defaultsFile(), workDir, pause))
                .toList();
    }
}
