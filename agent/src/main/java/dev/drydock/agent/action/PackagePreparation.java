package dev.drydock.agent.action;

import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gathers what the way back of a change of packages needs, and proves it as far as that can be done beforehand. */
final class PackagePreparation {
    static final String LISTING = "listing";
    static final String INTEGRITY = "integrity";

    private final ManagedHost host;
    private final PackageManager manager;
    private final ServiceStates states;
    private final BootProof boot;
    private final FetchedPackages fetched;

    PackagePreparation(ManagedHost host, PackageManager manager, ServiceStates states, FetchedPackages fetched) {
        this.host = host;
        this.manager = manager;
        this.states = states;
        this.boot = new BootProof(host);
        this.fetched = fetched;
    }

    PackageUndo prepare(List<PackageChange> changes, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        DiskSpace disks = new DiskSpace(host.files());
        Path newDir = Files.createDirectories(PackageUndo.newDir(workDir));
        Path oldDir = Files.createDirectories(PackageUndo.oldDir(workDir));
        disks.require(fetched.takeInto(newDir, oldDir, manager.footprint(changes, job)), workDir);
        boot.requireRoom(changes, disks);
        List<PackageFile> newFiles = manager.fetch(changes, newDir, job);
        List<PackageFile> oldFiles = manager.keep(changes, oldDir, job);
        PackageSets sets = new PackageSets(oldDir, oldFiles, newDir, newFiles);
        String proof = manager.proveRestore(changes, sets, job);
        job.output().line("Way back: " + proof);

        Set<PackageId> before =
                changes.stream().filter(c -> !c.isNew()).map(PackageChange::id).collect(Collectors.toSet());
        List<KeptFile> configFiles =
                configFiles(changes, sets, Files.createDirectories(PackageUndo.configDir(workDir)), job);
        List<Kept> services = states.keep(host.services().definedBy(manager.filesOf(before, job)), job);
        PackageUndo undo = new PackageUndo(
                changes,
                oldFiles,
                newFiles,
                configFiles,
                services,
                manager.automatic(before, job),
                write(workDir.resolve(LISTING), manager.listing(job)),
                write(workDir.resolve(INTEGRITY), manager.integrity(before, job)),
                proof,
                boot.look());
        for (Path directory : List.of(newDir, oldDir, PackageUndo.configDir(workDir), workDir)) {
            FileKeeper.force(directory);
        }
        return undo;
    }

    private List<KeptFile> configFiles(List<PackageChange> changes, PackageSets sets, Path into, Job job)
            throws HostException, IOException, InterruptedException {
        FileKeeper keeper = new FileKeeper(host.files());
        List<KeptFile> kept = new ArrayList<>();
        Set<String> paths = new TreeSet<>(manager.configFiles(changes, sets, job));
        paths.addAll(boot.loaderFiles());
        for (String path : paths) {
            kept.add(keeper.keep(path, into, Integer.toString(kept.size())));
            for (String beside : manager.besides(path)) {
                // What is not there is not written down: it follows from the file that it would lie beside.
                if (host.files().exists(beside)) {
                    kept.add(keeper.keep(beside, into, Integer.toString(kept.size())));
                }
            }
        }
        return kept;
    }

    /** @return its SHA-256 */
    private static String write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        FileKeeper.force(file);
        return Digests.sha256(text);
    }
}
