package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts kept packages back, by four means, each tried only when the one before did not do it: apt (which orders well but
 * wants a sound database), dpkg alone with its objections overruled, the same with the new packages' maintainer scripts put
 * aside (which may fail or hang), and the same with the old packages' scripts left out too (which may refuse to follow a
 * newer version). No means runs the new packages' postinst.
 */
final class AptRestore {
    private static final List<String> OVERRULED = List.of(
            "--force-downgrade",
            "--force-depends",
            "--force-breaks",
            "--force-conflicts",
            "--force-overwrite",
            "--force-hold",
            "--force-remove-reinstreq",
            "--force-confdef",
            "--force-confold");

    private final Apt apt;
    private final Dpkg dpkg;
    private final HostFiles files;

    AptRestore(Apt apt, Dpkg dpkg, HostFiles files) {
        this.apt = apt;
        this.dpkg = dpkg;
        this.files = files;
    }

    private enum Ending {
        DONE,
        FAILED,
        HUNG
    }

    void restore(List<PackageChange> changes, PackageSets sets, Job job) throws HostException, InterruptedException {
        Set<PackageId> wrong = wrong(changes, job);
        if (wrong.isEmpty()) {
            job.output().line("All packages are as they were; nothing to put back");
            return;
        }
        Ending ending = attempt("apt", byApt(changes, sets), changes, wrong, 3, job);
        if (ending == Ending.FAILED) {
            ending = attempt("dpkg", byDpkg(changes, sets), changes, wrong(changes, job), 2, job);
        }
        if (ending != Ending.DONE) {
            disableScripts(wrong(changes, job), sets.oldDir(), job);
            ending = attempt(
                    "dpkg without the new packages' scripts",
                    byDpkg(changes, sets),
                    changes,
                    wrong(changes, job),
                    2,
                    job);
        }
        if (ending != Ending.DONE) {
            ending = attempt(
                    "dpkg without any maintainer script",
                    withoutScripts(changes, sets),
                    changes,
                    wrong(changes, job),
                    1,
                    job);
        }
        if (ending != Ending.DONE) {
            // A disk that is full now may have room before the time for the way back is over.
            throw HostException.retryable("these packages could not be put back: " + wrong(changes, job)
                    + "; the old package files are in " + sets.oldDir());
        }
    }

    /** One means. */
    private interface Means {
        /** @return false when a program had to be ended because its time was over */
        boolean run(Set<PackageId> wrong, Job job) throws HostException, InterruptedException;
    }

    private Ending attempt(
            String by, Means means, List<PackageChange> changes, Set<PackageId> wrong, int shareOfTime, Job job)
            throws HostException, InterruptedException {
        Duration most = job.timeLeft().get().dividedBy(shareOfTime);
        job.output()
                .line("Putting back " + wrong.size() + " packages by " + by + ", at most " + most.toSeconds() + " s");
        boolean inTime;
        try {
            inTime = means.run(wrong, job.within(most));
        } catch (HostException e) {
            job.output().line("By " + by + " it cannot be done: " + e.getMessage());
            return Ending.FAILED;
        }
        Set<PackageId> left = wrong(changes, job);
        if (left.isEmpty()) {
            return Ending.DONE;
        }
        job.output()
                .line("By " + by + " it " + (inTime ? "failed" : "did not end in time") + "; not as before: " + left);
        return inTime ? Ending.FAILED : Ending.HUNG;
    }

    /** Packages that are not at their old version, or not whole, or still there though they were not before. */
    Set<PackageId> wrong(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        Map<PackageId, InstalledPackage> now = new HashMap<>();
        dpkg.listing(job).forEach(p -> now.put(p.id(), p));
        Set<PackageId> wrong = new HashSet<>();
        for (PackageChange change : changes) {
            InstalledPackage p = now.get(change.id());
            boolean right = change.isNew()
                    ? p == null
                    : p != null && p.healthy() && p.version().equals(change.from());
            if (!right) {
                wrong.add(change.id());
            }
        }
        return wrong;
    }

    private Means byApt(List<PackageChange> changes, PackageSets sets) {
        return (wrong, job) -> {
            List<PackageChange> toChange =
                    changes.stream().filter(c -> wrong.contains(c.id())).toList();
            PackageSets some = only(wrong, sets);
            try (Staging staging = Staging.open(files, sets.oldDir())) {
                List<String> options = new ArrayList<>(List.of("--allow-downgrades", "--reinstall", "--purge"));
                List<String> arguments = RestoreProof.back(toChange, some, staging);
                AptGuard guard = AptGuard.atMost(wrong);
                options.addAll(guard.install(staging));
                options.addAll(AptCommit.KEEP_CONFFILES);
                options.addAll(List.of("-o", "DPkg::Lock::Timeout=60"));
                boolean ended = !apt.get(options, "install", arguments, job).timedOut();
                List<String> others = guard.refused(staging);
                if (!others.isEmpty()) {
                    throw new HostException("apt would also touch " + others);
                }
                return ended;
            }
        };
    }

    private Means byDpkg(List<PackageChange> changes, PackageSets sets) {
        return (wrong, job) -> {
            try (Staging staging = Staging.open(files, sets.oldDir())) {
                List<String> oldFiles = only(wrong, sets).oldFiles().stream()
                        .map(f -> staging.inside(f.file()))
                        .toList();
                return dpkg(oldFiles, changes, wrong, job);
            }
        };
    }

    private Means withoutScripts(List<PackageChange> changes, PackageSets sets) {
        return (wrong, job) -> {
            Scriptless scriptless = new Scriptless(apt, files);
            try (Staging staging = Staging.open(files, sets.oldDir())) {
                List<PackageFile> olds = only(wrong, sets).oldFiles();
                List<String> made = new ArrayList<>();
                for (PackageFile file : olds) {
                    made.add(scriptless.make(file, staging, job));
                }
                boolean inTime = dpkg(made, changes, wrong, job);
                for (PackageFile file : olds) {
                    scriptless.putScriptsBack(file, staging);
                }
                return inTime;
            }
        };
    }

    private boolean dpkg(List<String> oldFiles, List<PackageChange> changes, Set<PackageId> wrong, Job job)
            throws HostException, InterruptedException {
        List<String> olds = changes.stream()
                .filter(c -> wrong.contains(c.id()) && !c.isNew())
                .map(c -> Dpkg.query(c.id()))
                .toList();
        List<String> news = changes.stream()
                .filter(c -> wrong.contains(c.id()) && c.isNew())
                .map(c -> Dpkg.query(c.id()))
                .toList();
        boolean inTime = dpkg("--unpack", oldFiles, job);
        inTime &= dpkg("--configure", olds, job);
        inTime &= dpkg("--purge", news, job);
        return inTime;
    }

    private boolean dpkg(String verb, List<String> arguments, Job job) throws HostException, InterruptedException {
        if (arguments.isEmpty()) {
            return true;
        }
        List<String> argv = new ArrayList<>(List.of("dpkg"));
        argv.addAll(OVERRULED);
        argv.add(verb);
        argv.addAll(arguments);
        Commands.Result result = apt.run(argv, job);
        return !result.timedOut();
    }

    private static PackageSets only(Set<PackageId> wrong, PackageSets sets) {
        List<PackageFile> some =
                sets.oldFiles().stream().filter(f -> wrong.contains(f.id())).toList();
        return new PackageSets(sets.oldDir(), some, sets.newDir(), List.of());
    }

    /** dpkg takes a script that is not there for one that has nothing to do. */
    private void disableScripts(Set<PackageId> packages, Path keepIn, Job job) throws HostException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(files.resolve(Dpkg.STATE + "/info"))) {
            Path aside = Files.createDirectories(keepIn.resolve("disabled-scripts"));
            for (Path file : all) {
                String name = String.valueOf(file.getFileName());
                boolean script =
                        packages.stream().anyMatch(id -> Scriptless.SCRIPTS.contains(Repacker.controlFile(id, name)));
                if (script) {
                    job.output().line("Putting aside " + Dpkg.STATE + "/info/" + name);
                    Files.copy(file, aside.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new HostException("maintainer scripts cannot be put aside: " + e.getMessage(), e);
        }
    }
}
