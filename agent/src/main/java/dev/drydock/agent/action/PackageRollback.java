package dev.drydock.agent.action;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way back of a change of packages, from any state that it may have been left in. */
final class PackageRollback {
    private final ManagedHost host;
    private final PackageManager manager;
    private final ServiceStates states;
    private final FileKeeper keeper;

    PackageRollback(ManagedHost host, PackageManager manager, ServiceStates states) {
        this.host = host;
        this.manager = manager;
        this.states = states;
        this.keeper = new FileKeeper(host.files());
    }

    void rollBack(PackageUndo undo, Path workDir, Job job) throws HostException, IOException, InterruptedException {
        putBack(undo, List.of(), workDir, job);
        states.restore(undo.services(), job);
    }

    /**
     * Without the services.
     *
     * @param held those that the packages' scripts must not start, since the caller does
     */
    void putBack(PackageUndo undo, Collection<String> held, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        manager.settle(job);
        requireWhole(undo.oldFiles(), PackageUndo.oldDir(workDir));
        StartPolicy starts = new StartPolicy(host.files());
        starts.set(undo.activeServices(), held);
        try {
            manager.restore(undo.changes(), undo.sets(workDir), job);
            restoreConfigFiles(undo, workDir);
            if (!manager.audit(job).isEmpty()) {
                // Not of the packages that were put back, but of those that wait for their triggers.
                manager.repair(job.timeLeft().get().dividedBy(2), job);
                restoreConfigFiles(undo, workDir);
            }
        } finally {
            starts.clear();
        }
        Set<PackageId> manual = new HashSet<>(undo.installedBefore());
        manual.removeAll(undo.automatic());
        manager.markAutomatic(undo.automatic(), true, job);
        manager.markAutomatic(manual, false, job);
    }

    /** @throws HostException when a file is not what it was when it was kept or fetched */
    static void requireWhole(List<PackageFile> files, Path directory) throws HostException, IOException {
        for (PackageFile file : files) {
            Path path = directory.resolve(file.file());
            String found = java.nio.file.Files.isRegularFile(path) ? FileKeeper.sha256(path) : "missing";
            if (!found.equals(file.sha256())) {
                throw new HostException(
                        "package file " + path + " is damaged: SHA-256 " + found + ", expected " + file.sha256());
            }
        }
    }

    private void restoreConfigFiles(PackageUndo undo, Path workDir) throws IOException {
        for (KeptFile file : configFiles(undo)) {
            keeper.restore(file, PackageUndo.configDir(workDir));
        }
    }

    /** Those that were kept, and those that were not there beside them. */
    private List<KeptFile> configFiles(PackageUndo undo) {
        Map<String, KeptFile> kept =
                undo.configFiles().stream().collect(Collectors.toMap(KeptFile::path, Function.identity()));
        Map<String, KeptFile> all = new java.util.TreeMap<>(kept);
        for (String path : kept.keySet()) {
            manager.besides(path).forEach(beside -> all.putIfAbsent(beside, KeptFile.absent(beside)));
        }
        return List.copyOf(all.values());
    }

    /** @return paths of those that are not as they were */
    List<String> changedConfigFiles(PackageUndo undo) throws IOException {
        List<String> changed = new java.util.ArrayList<>();
        for (KeptFile file : configFiles(undo)) {
            if (!keeper.look(file.path()).sameState(file)) {
                changed.add(file.path());
            }
        }
        return changed;
    }
}
