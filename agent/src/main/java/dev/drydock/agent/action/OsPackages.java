package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.Transaction;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.Fetched;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code os.packages}: updates, installs or pins packages. The way back: the exact old packages, which are on disk before
 * anything changes, with configuration files and services as they were.
 */
final class OsPackages implements Action {
    private final ManagedHost host;
    private final ServiceStates states;

    OsPackages(ManagedHost host, Pause pause) {
        this.host = host;
        this.states = new ServiceStates(host.services(), pause);
    }

    @Override
    public String name() {
        return "os.packages";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(30);
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        PackageArgs args = PackageArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<String> broken = manager.audit(job);
            if (!broken.isEmpty() && !args.repair()) {
                throw new HostException("packages are broken before the change: " + broken + "; mend them first, by "
                        + manager.mending() + ", or have the step do it: repair: true");
            }
            if (args.refresh()) {
                PackageLists.refresh(manager, context, args.lockTimeout(), job);
            }
            List<Change> changes = new ArrayList<>(PackageChanges.repairs(broken, manager.mending()));
            try {
                changes.addAll(PackageChanges.of(resolve(manager, args, job)));
            } catch (HostException e) {
                if (broken.isEmpty()) {
                    throw e;
                }
                job.output().line("What there is to update can only be told once that is mended: " + e.getMessage());
            }
            return Plan.of(changes);
        });
    }

    @Override
    public Fetched fetch(StepContext context, Plan plan) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        PackageArgs args = PackageArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            if (!PackageChanges.repairsOf(plan.changes()).isEmpty()) {
                return Fetched.newBuilder()
                        .setReason("packages are broken; what there is to update shows when they are mended")
                        .build();
            }
            if (args.refresh()) {
                PackageLists.readAhead(manager, context);
            }
            return FetchedPackages.fetch(host, manager, resolve(manager, args, job), context, job);
        });
    }

    private static List<PackageChange> resolve(PackageManager manager, PackageArgs args, Job job)
            throws HostException, InterruptedException {
        Transaction transaction = manager.resolve(args.selection(), job);
        if (!transaction.heldBack().isEmpty()) {
            job.output()
                    .line("Left alone, since they are on hold or need packages removed: "
                            + String.join(", ", transaction.heldBack()));
        }
        return transaction.changes();
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        PackageArgs args = PackageArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<Change> repairs = PackageChanges.repairsOf(plan.changes());
            if (!repairs.isEmpty()) {
                List<String> broken = manager.audit(job);
                if (!PackageChanges.repairs(broken, manager.mending()).equals(repairs)) {
                    throw new HostException("what is to be mended is no longer what was planned: " + broken);
                }
                return new PackageRepair(host, manager).prepare(broken, context.workDir(), job);
            }
            List<PackageChange> changes = manager.resolve(args.selection(), job).changes();
            if (!PackageChanges.of(changes).equals(plan.changes())) {
                throw new HostException(
                        "what is to change is no longer what was planned: " + PackageChanges.of(changes));
            }
            return new PackagePreparation(host, manager, states, FetchedPackages.of(context))
                    .prepare(changes, context.workDir(), job)
                    .toStruct();
        });
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        PackageArgs args = PackageArgs.of(context.args());
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<String> broken = PackageRepair.broken(prepared);
            PackageUndo undo = broken.isEmpty() ? PackageUndo.of(prepared) : mend(manager, broken, args, context);
            if (!undo.changes().isEmpty()) {
                update(manager, undo, args, context.workDir(), job);
            }
            List<Change> changes = new ArrayList<>(PackageChanges.repairs(broken, manager.mending()));
            changes.addAll(PackageChanges.of(undo.changes()));
            return new Applied(changes);
        });
    }

    /** The mended state is what the update goes back to. */
    private PackageUndo mend(PackageManager manager, List<String> broken, PackageArgs args, StepContext context)
            throws HostException, IOException, InterruptedException {
        Job job = OnHost.job(context);
        new PackageRepair(host, manager).mend(broken, args.lockTimeout(), job);
        List<PackageChange> changes = resolve(manager, args, job);
        PackageUndo undo = changes.isEmpty()
                ? PackageUndo.NOTHING
                : new PackagePreparation(host, manager, states, FetchedPackages.of(context))
                        .prepare(changes, context.workDir(), job);
        PackageRepair.keep(undo, context.workDir());
        return undo;
    }

    private void update(PackageManager manager, PackageUndo undo, PackageArgs args, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        new PackageCommit(host, manager)
                .make(undo, args.configFiles(), List.of(), args.named(), args.lockTimeout(), workDir, job);
        states.renew(undo.services(), job);
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        PackageArgs args = PackageArgs.of(context.args());
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            if (interrupted) {
                manager.settle(job);
                new StartPolicy(host.files()).clear();
            }
            PackageUndo undo = undo(context, prepared)
                    .orElseThrow(() -> new HostException("it was cut off before the update was begun"));
            new PackageProof(host, manager, states)
                    .requireChanged(undo, PackageCommit.automaticAfter(undo, args.named()), job);
        });
    }

    /** Empty when the step was still mending. */
    private static Optional<PackageUndo> undo(StepContext context, Struct prepared) throws IOException {
        return PackageRepair.broken(prepared).isEmpty()
                ? Optional.of(PackageUndo.of(prepared))
                : PackageRepair.undo(context.workDir());
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        Job job = OnHost.job(context);
        OnHost.run(() -> {
            Optional<PackageUndo> undo = undo(context, prepared);
            if (undo.isEmpty() || undo.get().changes().isEmpty()) {
                new PackageRepair(host, manager).rollBack(prepared, job);
            } else {
                new PackageRollback(host, manager, states).rollBack(undo.get(), context.workDir(), job);
            }
        });
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        PackageManager manager = OnHost.packages(host);
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            Optional<PackageUndo> undo = undo(context, prepared);
            if (undo.isEmpty() || undo.get().changes().isEmpty()) {
                return new PackageRepair(host, manager).requireNotWorse(prepared, context.workDir(), job);
            }
            List<String> evidence = new ArrayList<>(
                    new PackageProof(host, manager, states).requireRestored(undo.get(), context.workDir(), job));
            PackageRepair.mended(PackageRepair.broken(prepared), List.of()).ifPresent(evidence::add);
            return evidence;
        });
    }
}
