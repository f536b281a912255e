package dev.drydock.agent.action;

import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.backup.BackupContents;
import dev.drydock.agent.backup.BackupMaker;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.backup.RestoreTrial;
import dev.drydock.agent.backup.Scratch;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseServers;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.middleware.Instance;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Gathers what the way back of an update of middleware needs, and proves it as far as that can be done beforehand. */
final class MiddlewarePreparation {
    private static final long MIB = 1 << 20;
    private static final long MARGIN = 64 * MIB;

    private final ManagedHost host;
    private final PackageManager manager;
    private final ServiceStates states;
    private final MiddlewareHealth health;
    private final Pause pause;

    MiddlewarePreparation(
            ManagedHost host, PackageManager manager, ServiceStates states, MiddlewareHealth health, Pause pause) {
        this.host = host;
        this.manager = manager;
        this.states = states;
        this.health = health;
        this.pause = pause;
    }

    MiddlewareUndo prepare(
            MiddlewareSet set, List<PackageChange> changes, MiddlewareArgs args, StepContext context, Job job)
            throws HostException, IOException, InterruptedException {
        Path workDir = context.workDir();
        List<Handled> handled = handled(set, changes);
        health.requireValidConfiguration(handled, "before the change", job);
        List<Kept> services = states.keep(
                handled.stream()
                        .flatMap(one -> one.services().stream())
                        .distinct()
                        .toList(),
                job);
        MiddlewareHealth.Baseline before = health.look(handled, job);
        MiddlewareHealth.describe(before).forEach(line -> job.output().line("Before: " + line));
        PackageUndo packages = new PackagePreparation(host, manager, states, FetchedPackages.of(context))
                .prepare(changes, workDir, job);
        Path trees = MiddlewareUndo.treesDir(workDir);
        MiddlewareUndo undo = new MiddlewareUndo(packages, handled, services, List.of(), before);
        undo = new MiddlewareUndo(
                packages,
                handled,
                services,
                new ConfigurationTrees(host.files()).keep(undo.configuration(), trees),
                before);
        requireData(undo, set, changes, args, workDir, job);
        return undo;
    }

    /**
     * Those that change, and those that serve by them. Of the latter those change too that own a package that does: PHP as a module
     * of Apache is in Apache's processes, and stays there over a reload.
     */
    private static List<Handled> handled(MiddlewareSet set, List<PackageChange> changes) {
        List<Instance> touched = set.touchedBy(changes);
        List<Instance> with = new ArrayList<>(set.wanted());
        with.addAll(set.with());
        with.removeAll(touched);
        with.removeIf(other -> touched.stream()
                .noneMatch(one ->
                        one.profile().movesWith().contains(other.profile().name())));
        List<Instance> all = new ArrayList<>(touched);
        all.addAll(with);
        all.sort(Comparator.comparing((Instance instance) -> instance.profile().tier())
                .thenComparing(Instance::label));
        return all.stream()
                .map(instance -> Handled.of(
                        instance,
                        changes.stream()
                                .anyMatch(change -> instance.owns(change.id().name()))))
                .toList();
    }

    private void requireData(
            MiddlewareUndo undo,
            MiddlewareSet set,
            List<PackageChange> changes,
            MiddlewareArgs args,
            Path workDir,
            Job job)
            throws HostException, IOException, InterruptedException {
        long need = MARGIN;
        for (Handled one : undo.handled()) {
            if (one.data().isPresent()) {
                MiddlewareData data =
                        new MiddlewareData(host, one, undo.servicesOf(one), args.defaultsFile(), workDir, pause);
                data.requireReadable(job);
                need += data.size();
            }
        }
        FileStore store = Files.getFileStore(workDir);
        if (store.getUsableSpace() < need) {
            throw new HostException("file system " + store + " has " + store.getUsableSpace() / MIB + " MiB free, but "
                    + need / MIB + " MiB are needed for a copy of the data");
        }
        if (!set.majors(changes).isEmpty()) {
            for (Handled one : undo.handled()) {
                proveBackup(one, args, workDir, job);
            }
        }
    }

    /** What goes to another series may not come back by its own means: a backup must restore before it starts. */
    private void proveBackup(Handled one, MiddlewareArgs args, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        Optional<String> engine = one.data().flatMap(data -> data.engine());
        if (engine.isEmpty()) {
            return;
        }
        DatabaseServer server = new DatabaseServers(host).reach(engine, args.defaultsFile(), job);
        Packing packing = Packing.of(host.commands());
        Path staging = workDir.resolve("backup");
        DurableFiles.createPrivateDirectory(staging);
        BackupContents contents = new BackupContents(Optional.empty(), Optional.of(server), server.databases(job));
        List<Manifest.Archive> archives = new BackupMaker(host, packing).make(contents, staging, workDir, job);
        RestoreTrial trial = new RestoreTrial(host, packing);
        trial.requireWhole(archives, staging::resolve, job);
        Scratch scratch =
                Scratch.in("/var/tmp", Digests.sha256(workDir.toString()).substring(0, 8));
        scratch.remove(host.files(), Optional.of(server), job);
        trial.run(archives, staging::resolve, scratch, Optional.of(server), workDir, job)
                .forEach(line -> job.output().line("Backup of " + one.label() + ": " + line));
    }
}
