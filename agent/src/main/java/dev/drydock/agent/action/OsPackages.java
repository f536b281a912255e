package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.host.packages.Transaction;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code os.packages}: updates, installs or pins packages. The way back: the exact old packages, which are on disk before
 * anything changes, with configuration files and services as they were.
 */
final class OsPackages implements Action {
    private static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(10);
    private static final String LISTS_READ = "lists-read";

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
        PackageManager manager = manager();
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<String> broken = manager.audit(job);
            if (!broken.isEmpty()) {
                throw new HostException("packages are broken before the change: " + broken
                        + "; mend them first, on Debian with: dpkg --configure -a && apt-get --fix-broken install");
            }
            if (context.args().flag("refresh", true)) {
                refresh(manager, context, job);
            }
            Transaction transaction = manager.resolve(selection(context.args()), job);
            if (!transaction.heldBack().isEmpty()) {
                job.output()
                        .line("Left alone, since they are on hold or need packages removed: "
                                + String.join(", ", transaction.heldBack()));
            }
            return Plan.of(changes(transaction.changes()));
        });
    }

    /**
     * Once for a step, unless what its plan depends on changed meanwhile: then again, though an archive that does not answer is
     * no reason to fail in the middle of a run.
     */
    private static void refresh(PackageManager manager, StepContext context, Job job)
            throws HostException, IOException, InterruptedException {
        Path read = context.workDir().resolve(LISTS_READ);
        if (Files.exists(read) && Files.readString(read).equals(manager.fingerprint())) {
            return;
        }
        try {
            manager.refresh(lockTimeout(context.args()), job);
            Files.writeString(read, manager.fingerprint());
        } catch (HostException e) {
            if (!Files.exists(read)) {
                throw e;
            }
            job.output().line("Going on with the lists as they were read before: " + e.getMessage());
        }
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        PackageManager manager = manager();
        Job job = OnHost.job(context);
        return OnHost.get(() -> {
            List<PackageChange> changes =
                    manager.resolve(selection(context.args()), job).changes();
            if (!changes(changes).equals(plan.changes())) {
                throw new HostException("what is to change is no longer what was planned: " + changes(changes));
            }
            return new PackagePreparation(host, manager, states)
                    .prepare(changes, context.workDir(), job)
                    .toStruct();
        });
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = manager();
        Job job = OnHost.job(context);
        PackageUndo undo = PackageUndo.of(prepared);
        OnHost.run(() -> {
            PackageRollback.requireWhole(undo.newFiles(), PackageUndo.newDir(context.workDir()));
            PackageRollback.requireWhole(undo.oldFiles(), PackageUndo.oldDir(context.workDir()));
            StartPolicy starts = new StartPolicy(host.files());
            starts.set(undo.activeServices());
            try {
                manager.commit(
                        undo.changes(),
                        undo.sets(context.workDir()),
                        configFiles(context.args()),
                        lockTimeout(context.args()),
                        job);
            } finally {
                starts.clear();
            }
            // Installed from files, they count as wished for by someone.
            manager.markAutomatic(automaticAfter(undo, context.args()), true, job);
            states.renew(undo.services(), job);
        });
        return new Applied(changes(undo.changes()));
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        PackageManager manager = manager();
        Job job = OnHost.job(context);
        PackageUndo undo = PackageUndo.of(prepared);
        OnHost.run(() -> {
            if (interrupted) {
                manager.settle(job);
                new StartPolicy(host.files()).clear();
            }
            new PackageProof(host, manager, states).requireChanged(undo, automaticAfter(undo, context.args()), job);
        });
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        PackageManager manager = manager();
        OnHost.run(() -> new PackageRollback(host, manager, states)
                .rollBack(PackageUndo.of(prepared), context.workDir(), OnHost.job(context)));
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        PackageManager manager = manager();
        return OnHost.get(() -> new PackageProof(host, manager, states)
                .requireRestored(PackageUndo.of(prepared), context.workDir(), OnHost.job(context)));
    }

    private PackageManager manager() throws ActionException {
        return host.packages()
                .orElseThrow(() -> new ActionException("no package manager that this agent understands was found under "
                        + host.files().root()));
    }

    /** Those that were, and those that are new and that nobody asked for by name. */
    private static Set<PackageId> automaticAfter(PackageUndo undo, Args args) {
        Set<String> named = args.strings("packages").stream()
                .map(text -> text.split("[=:]", 2)[0])
                .collect(Collectors.toSet());
        Set<PackageId> automatic = new HashSet<>(undo.automatic());
        undo.changes().stream()
                .filter(c -> c.isNew() && !named.contains(c.id().name()))
                .forEach(c -> automatic.add(c.id()));
        return automatic;
    }

    private static Selection selection(Args args) {
        List<String> packages = args.strings("packages");
        String update = args.string("update", "");
        if (update.isEmpty() == packages.isEmpty()) {
            throw new IllegalArgumentException("expected one of the arguments 'update' and 'packages'");
        }
        Selection.Scope scope =
                switch (update) {
                    case "" -> Selection.Scope.NAMED;
                    case "security" -> Selection.Scope.SECURITY;
                    case "all" -> Selection.Scope.ALL;
                    default ->
                        throw new IllegalArgumentException(
                                "argument 'update' is " + update + ", expected security or all");
                };
        return new Selection(scope, packages, args.strings("exclude"));
    }

    private static ConfigFiles configFiles(Args args) {
        String policy = args.string("configFiles", "keep");
        return switch (policy) {
            case "keep" -> ConfigFiles.KEEP;
            case "replace" -> ConfigFiles.REPLACE;
            default ->
                throw new IllegalArgumentException(
                        "argument 'configFiles' is " + policy + ", expected keep or replace");
        };
    }

    private static Duration lockTimeout(Args args) {
        return args.duration("lockTimeout", DEFAULT_LOCK_TIMEOUT);
    }

    /** By plain names; with the architecture where a package is there in several. */
    private static List<Change> changes(List<PackageChange> changes) {
        Map<String, Long> count = changes.stream()
                .map(c -> c.id().name())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return changes.stream()
                .map(c -> Change.newBuilder()
                        .setKind("package")
                        .setName(count.getOrDefault(c.id().name(), 0L) > 1 ? c.id().toString() : c.id().name())
                        .setFrom(c.from())
                        .setTo(c.to())
                        .build())
                .toList();
    }
}
