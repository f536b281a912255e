package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager.PackageSets;
import dev.drydock.agent.host.packages.Staging;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a change by dnf or zypper, from the fetched files alone, when the tool still sees it as it was planned. */
final class RpmCommit {
    private final Rpm rpm;
    private final RpmTool tool;
    private final HostFiles files;
    private final Unfinished unfinished;
    private final Function<String, List<String>> failedScripts;
    private final Predicate<Commands.Result> isLocked;

    /**
     * @param failedScripts from the tool's output
     * @param isLocked whether the tool did nothing since another holds its lock
     */
    RpmCommit(
            Rpm rpm,
            RpmTool tool,
            HostFiles files,
            Unfinished unfinished,
            Function<String, List<String>> failedScripts,
            Predicate<Commands.Result> isLocked) {
        this.rpm = rpm;
        this.tool = tool;
        this.files = files;
        this.unfinished = unfinished;
        this.failedScripts = failedScripts;
        this.isLocked = isLocked;
    }

    void commit(List<PackageChange> changes, PackageSets sets, List<String> configFiles, ConfigFiles policy, Job job)
            throws HostException, InterruptedException {
        List<String> absent = new UnpackRemains(rpm, files).absent(pathsOfNew("-ql", sets, rpm, files, job));
        try (Staging staging = Staging.open(files, sets.newDir());
                StagedFiles staged = new StagedFiles(staging)) {
            requireAsPlanned(changes, tool.installFiles(sets.newFiles(), staged, job), job);
            ConfigDecision decision = ConfigDecision.before(files, configFiles);
            unfinished.begin(changes, absent);
            Commands.Result result = tool.commit(sets.newFiles(), staged, job);
            if (isLocked.test(result)) {
                unfinished.end();
                throw HostException.of("installing by " + tool.name(), result, true);
            }
            String failed = String.join(", ", failedScripts.apply(result.stdout() + result.tail()));
            if (!result.ok()) {
                throw failed.isEmpty()
                        ? HostException.of("installing by " + tool.name(), result)
                        : HostException.of("installing by " + tool.name(), result, false, failed);
            }
            if (!failed.isEmpty()) {
                throw HostException.of("installing by " + tool.name(), result, false, "failed is the " + failed);
            }
            decision.apply(policy, job.output());
        }
        // rpm leaves it to the kernel when files reach the disk.
        rpm.require(List.of("sync"), job);
        unfinished.end();
    }

    private void requireAsPlanned(List<PackageChange> changes, RpmPlan now, Job job)
            throws HostException, InterruptedException {
        Rpm.Database database = rpm.database(job);
        Set<String> planned = new TreeSet<>();
        changes.forEach(c -> planned.add(c.id() + " " + c.from() + " → " + c.to()));
        Set<String> would = new TreeSet<>();
        for (RpmPlan.Install install : now.installs()) {
            PackageId id = install.id(database.sideBySide());
            List<RpmListing.Row> rows = database.rows(id);
            would.add(id + " " + (rows.isEmpty() ? "" : rows.getFirst().version()) + " → " + install.version());
        }
        if (!planned.equals(would) || !now.removals().isEmpty()) {
            throw new HostException("the packages of this host changed since the plan: " + tool.name()
                    + " would now do "
                    + would + (now.removals().isEmpty() ? "" : " and remove " + now.removals()) + ", planned was "
                    + planned);
        }
    }

    static Set<String> pathsOfNew(String verb, PackageSets sets, Rpm rpm, HostFiles files, Job job)
            throws HostException, InterruptedException {
        try (Staging staging = Staging.open(files, sets.newDir())) {
            return rpm.pathsOfFiles(
                    verb,
                    sets.newFiles().stream().map(f -> staging.inside(f.file())).toList(),
                    job);
        }
    }
}
