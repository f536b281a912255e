package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Has apt's resolver plan the way back before the way there is taken: on a copy of dpkg's status file in which the change
 * is already made, with the kept files.
 *
 * <p>It proves that the kept files are whole, and that their dependencies hold without touching anything else. It cannot
 * prove that their maintainer scripts will succeed.
 */
final class RestoreProof {
    private final Apt apt;
    private final DebFile debs;
    private final HostFiles files;

    RestoreProof(Apt apt, DebFile debs, HostFiles files) {
        this.apt = apt;
        this.debs = debs;
        this.files = files;
    }

    void prove(List<PackageChange> changes, PackageSets sets, Job job) throws HostException, InterruptedException {
        try (Staging newFiles = Staging.open(files, sets.newDir());
                Staging oldFiles = Staging.open(files, sets.oldDir())) {
            String now = files.read(Dpkg.STATE + "/status")
                    .orElseThrow(() -> new HostException("there is no " + Dpkg.STATE + "/status"));
            List<String> controls = new ArrayList<>();
            for (PackageFile file : sets.newFiles()) {
                controls.add(debs.control(newFiles.inside(file.file()), job));
            }
            Files.writeString(oldFiles.outside().resolve("status-after"), DpkgStatus.after(now, controls));
            AptSimulation back = apt.simulate(
                    List.of(
                            "-o",
                            "Dir::State::status=" + oldFiles.inside("status-after"),
                            // The cache that holds the status too; the one of the lists alone stays of use.
                            "-o",
                            "Dir::Cache::pkgcache=",
                            "--allow-downgrades"),
                    "install",
                    back(changes, sets, oldFiles),
                    job);
            compare(changes, back);
        } catch (IOException e) {
            throw new HostException("the way back cannot be simulated: " + e.getMessage(), e);
        }
    }

    /** Arguments for apt: the kept files, and the new packages with a minus. */
    static List<String> back(List<PackageChange> changes, PackageSets sets, Staging oldFiles) {
        List<String> arguments = new ArrayList<>();
        for (PackageFile file : sets.oldFiles()) {
            arguments.add(oldFiles.inside(file.file()));
        }
        for (PackageChange change : changes) {
            if (change.isNew()) {
                arguments.add(Dpkg.query(change.id()) + "-");
            }
        }
        return arguments;
    }

    static void compare(List<PackageChange> changes, AptSimulation back) throws HostException {
        Set<String> expected = new TreeSet<>();
        Set<String> mayGo = new TreeSet<>();
        for (PackageChange change : changes) {
            if (change.isNew()) {
                mayGo.add(change.id().name());
            } else {
                expected.add(change.id() + " " + change.from());
            }
        }
        Set<String> planned = new TreeSet<>();
        back.installs().forEach(i -> planned.add(i.id() + " " + i.to()));
        Set<String> removed = new TreeSet<>();
        back.removals().forEach(r -> removed.add(r.split(":", 2)[0]));
        if (!planned.equals(expected) || !removed.equals(mayGo)) {
            throw new HostException("the way back is not clean: apt would install " + planned + " and remove " + removed
                    + ", expected " + expected + " and " + mayGo);
        }
    }
}
