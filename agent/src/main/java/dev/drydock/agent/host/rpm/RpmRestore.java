package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts kept packages back, by three means, each tried only when the one before did not do it: the tool (which orders well and
 * keeps its own records, but wants a sound database), rpm alone with its objections overruled, and the same without any script or
 * trigger. After a change that was cut off the tool is left out and every package of it is put back, whatever the database says:
 * its files may be a mixture.
 */
final class RpmRestore {
    private static final List<String> OVERRULED = List.of(
            "--oldpackage",
            "--replacepkgs",
            "--replacefiles",
            "--nodeps",
            "--nosignature",
            "--ignoresize",
            "--ignoreos");
    private static final List<String> NO_SCRIPTS = List.of("--noscripts", "--notriggers");

    private final Rpm rpm;
    private final RpmTool tool;
    private final HostFiles files;
    private final Unfinished unfinished;

    RpmRestore(Rpm rpm, RpmTool tool, HostFiles files) {
        this.rpm = rpm;
        this.tool = tool;
        this.files = files;
        this.unfinished = new Unfinished(files);
    }

    private enum Ending {
        DONE,
        FAILED,
        HUNG
    }

    void restore(List<PackageChange> changes, PackageSets sets, Job job) throws HostException, InterruptedException {
        boolean cutOff = unfinished.isOf(changes);
        Set<PackageId> wrong = cutOff ? ids(changes) : wrong(changes, job);
        if (wrong.isEmpty()) {
            job.output().line("All packages are as they were; nothing to put back");
            return;
        }
        List<String> absent = cutOff ? unfinished.absent() : List.of();
        unfinished.begin(changes, absent);
        Ending ending = Ending.FAILED;
        if (!cutOff) {
            ending = attempt(tool.name(), byTool(changes, sets), changes, wrong, 3, job);
        }
        if (ending == Ending.FAILED) {
            ending = attempt("rpm", byRpm(changes, sets, List.of()), changes, again(cutOff, changes, job), 2, job);
        }
        if (ending != Ending.DONE) {
            Set<PackageId> left = again(cutOff, changes, job);
            ending = attempt("rpm without any script", byRpm(changes, sets, NO_SCRIPTS), changes, left, 1, job);
        }
        if (ending != Ending.DONE) {
            // A disk that is full now may have room before the time for the way back is over.
            throw HostException.retryable("these packages could not be put back: " + wrong(changes, job)
                    + "; the old package files are in " + sets.oldDir());
        }
        if (cutOff) {
            new UnpackRemains(rpm, files).clear(changes, sets, absent, job);
            tool.acknowledge(job);
        }
        rpm.require(List.of("sync"), job);
        unfinished.end();
    }

    private Set<PackageId> again(boolean all, List<PackageChange> changes, Job job)
            throws HostException, InterruptedException {
        return all ? ids(changes) : wrong(changes, job);
    }

    private static Set<PackageId> ids(List<PackageChange> changes) {
        Set<PackageId> ids = new TreeSet<>();
        changes.forEach(c -> ids.add(c.id()));
        return ids;
    }

    /** One means. */
    private interface Means {
        /** @return false when it failed */
        boolean run(Set<PackageId> wrong, Job job) throws HostException, InterruptedException;
    }

    private Ending attempt(
            String by, Means means, List<PackageChange> changes, Set<PackageId> wrong, int shareOfTime, Job job)
            throws HostException, InterruptedException {
        Duration most = job.timeLeft().get().dividedBy(shareOfTime);
        job.output()
                .line("Putting back " + wrong.size() + " packages by " + by + ", at most " + most.toSeconds() + " s");
        Job bounded = job.within(most);
        boolean well;
        try {
            well = means.run(wrong, bounded);
        } catch (HostException e) {
            job.output().line("By " + by + " it cannot be done: " + e.getMessage());
            return bounded.timeLeft().get().isPositive() ? Ending.FAILED : Ending.HUNG;
        }
        Set<PackageId> left = wrong(changes, job);
        if (well && left.isEmpty()) {
            return Ending.DONE;
        }
        boolean inTime = bounded.timeLeft().get().isPositive();
        job.output()
                .line("By " + by + " it " + (inTime ? "failed" : "did not end in time") + "; not as before: " + left);
        return inTime ? Ending.FAILED : Ending.HUNG;
    }

    /** Packages that are not at their old version alone, or still there though they were not before. */
    private Set<PackageId> wrong(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        Rpm.Database now = rpm.database(job);
        Set<PackageId> wrong = new TreeSet<>();
        for (PackageChange change : changes) {
            List<RpmListing.Row> rows = now.rows(change.id());
            boolean right = change.isNew()
                    ? rows.isEmpty()
                    : rows.size() == 1 && rows.getFirst().version().equals(change.from());
            if (!right) {
                wrong.add(change.id());
            }
        }
        return wrong;
    }

    private Means byTool(List<PackageChange> changes, PackageSets sets) {
        return (wrong, job) -> {
            try (Staging staging = Staging.open(files, sets.oldDir());
                    StagedFiles staged = new StagedFiles(staging)) {
                List<PackageFile> olds = olds(wrong, sets);
                if (!olds.isEmpty()) {
                    requireOnly(wrong, tool.installFiles(olds, staged, job), job);
                    Commands.Result result = tool.commit(olds, staged, job);
                    if (!result.ok()) {
                        return false;
                    }
                }
                return erase(changes, wrong, List.of(), List.of(), job);
            }
        };
    }

    private void requireOnly(Set<PackageId> wrong, RpmPlan plan, Job job) throws HostException, InterruptedException {
        Set<String> sideBySide = rpm.sideBySide(List.of(), job);
        List<String> others = new ArrayList<>(plan.removals());
        plan.installs().stream().filter(i -> !wrong.contains(i.id(sideBySide))).forEach(i -> others.add(i.name()));
        if (!others.isEmpty()) {
            throw new HostException(tool.name() + " would also touch " + others);
        }
    }

    private Means byRpm(List<PackageChange> changes, PackageSets sets, List<String> options) {
        return (wrong, job) -> {
            try (Staging staging = Staging.open(files, sets.oldDir());
                    StagedFiles staged = new StagedFiles(staging)) {
                boolean well = true;
                List<String> olds = staged.inside(olds(wrong, sets));
                if (!olds.isEmpty()) {
                    List<String> argv = new ArrayList<>(List.of("rpm", "-U"));
                    argv.addAll(OVERRULED);
                    argv.addAll(options);
                    argv.addAll(olds);
                    well = rpm.run(argv, job).ok();
                }
                return erase(changes, wrong, List.of("--nodeps"), options, job) && well;
            }
        };
    }

    /** Removes those that were new, where they are there. */
    private boolean erase(
            List<PackageChange> changes, Set<PackageId> wrong, List<String> overruled, List<String> options, Job job)
            throws HostException, InterruptedException {
        Rpm.Database now = rpm.database(job);
        List<String> news = changes.stream()
                .filter(c -> c.isNew() && wrong.contains(c.id()))
                .filter(c -> !now.rows(c.id()).isEmpty())
                .map(c -> Nevra.of(c.id(), c.to()))
                .toList();
        if (news.isEmpty()) {
            return true;
        }
        List<String> argv = new ArrayList<>(List.of("rpm", "-e"));
        argv.addAll(overruled);
        argv.addAll(options);
        argv.addAll(news);
        return rpm.run(argv, job).ok();
    }

    private static List<PackageFile> olds(Set<PackageId> wrong, PackageSets sets) {
        return sets.oldFiles().stream().filter(f -> wrong.contains(f.id())).toList();
    }
}
