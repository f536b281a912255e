package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.StartPolicy;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Makes a change of packages that was prepared, from the files that were fetched. */
final class PackageCommit {
    private final ManagedHost host;
    private final PackageManager manager;

    PackageCommit(ManagedHost host, PackageManager manager) {
        this.host = host;
        this.manager = manager;
    }

    /**
     * @param held services that the packages' scripts must not start, since the caller does
     * @param named packages that somebody asked for; all others that are new count as there for the sake of others
     */
    void make(
            PackageUndo undo,
            ConfigFiles policy,
            Collection<String> held,
            Set<String> named,
            Duration lockTimeout,
            Path workDir,
            Job job)
            throws HostException, IOException, InterruptedException {
        PackageRollback.requireWhole(undo.newFiles(), PackageUndo.newDir(workDir));
        PackageRollback.requireWhole(undo.oldFiles(), PackageUndo.oldDir(workDir));
        StartPolicy starts = new StartPolicy(host.files());
        starts.set(undo.activeServices(), held);
        try {
            manager.commit(undo.changes(), undo.sets(workDir), policy, lockTimeout, job);
        } finally {
            starts.clear();
        }
        // Installed from files, they count as wished for by someone.
        manager.markAutomatic(automaticAfter(undo, named), true, job);
    }

    /** Those that were, and those that are new and that nobody asked for by name. */
    static Set<PackageId> automaticAfter(PackageUndo undo, Set<String> named) {
        Set<PackageId> automatic = new HashSet<>(undo.automatic());
        undo.changes().stream()
                .filter(c -> c.isNew() && !named.contains(c.id().name()))
                .forEach(c -> automatic.add(c.id()));
        return automatic;
    }
}
