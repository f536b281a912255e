package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Leftovers;
import dev.drydock.agent.host.packages.ConfigFiles;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.LastAnswer;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.host.packages.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What dnf and zypper have in common: rpm's database, its files, and the order of what is done. */
abstract class RpmPackageManager implements PackageManager {
    private final HostFiles files;
    private final RpmTool tool;
    private final Rpm rpm;
    private final RpmInputs inputs;
    private final RpmPlanner planner;
    private final RpmLocks locks;
    private final Unfinished unfinished;
    private final LastAnswer<Selection, Transaction> last = new LastAnswer<>();

    RpmPackageManager(Commands commands, HostFiles files, RpmTool tool) {
        this.files = files;
        this.tool = tool;
        this.rpm = new Rpm(commands);
        this.inputs = new RpmInputs(files, tool);
        this.planner = new RpmPlanner(rpm, tool);
        this.locks = new RpmLocks(files, tool.pidFiles());
        this.unfinished = new Unfinished(files);
    }

    /** Scripts of packages that failed although the program may say that all went well; rpm itself takes some for warnings. */
    abstract List<String> failedScripts(String output);

    /** Whether the program did nothing since another holds its lock. */
    abstract boolean isLocked(Commands.Result result);

    /** Whether packages of this system are in rpm's database. */
    public static boolean hasDatabase(HostFiles files) throws IOException {
        return RpmInputs.hasDatabase(files);
    }

    @Override
    public final String name() {
        return tool.name();
    }

    @Override
    public final List<InstalledPackage> installed(Job job) throws HostException, InterruptedException {
        return rpm.database(job).installed();
    }

    @Override
    public final String listing(Job job) throws HostException, InterruptedException {
        // With the headers' checksums: the same version built twice is not the same package.
        return rpm.database(job).rows().stream()
                .map(r -> r.name() + "-" + r.version() + "." + r.arch() + " " + r.header() + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    @Override
    public final List<String> audit(Job job) throws HostException, InterruptedException {
        List<String> all = new ArrayList<>(unfinished.complaints());
        all.addAll(rpm.unsound(rpm.database(job), job));
        all.addAll(tool.cutOff(job));
        return all;
    }

    @Override
    public final String integrity(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        return rpm.verify(nevras(packages, job), job);
    }

    @Override
    public final String fingerprint() throws HostException {
        return inputs.fingerprint();
    }

    @Override
    public final String mending() {
        return RpmRepair.MEANS;
    }

    @Override
    public final void repair(Duration lockTimeout, Job job) throws HostException, InterruptedException {
        locks.require(lockTimeout, job);
        new RpmRepair(rpm, unfinished, tool).repair(job);
        List<String> left = audit(job);
        if (!left.isEmpty()) {
            throw new HostException("still not in order are " + left);
        }
    }

    @Override
    public final void refresh(Duration lockTimeout, Job job) throws HostException, InterruptedException {
        locks.require(lockTimeout, job);
        Commands.Result result = tool.refresh(job);
        if (!result.ok()) {
            throw HostException.of("refreshing the lists of " + tool.name(), result, true);
        }
    }

    @Override
    public final Optional<Instant> refreshedAt() throws HostException {
        return inputs.listsReadAt();
    }

    @Override
    public final List<PackageChange> pending(Job job) throws HostException, InterruptedException {
        return planner.pending(job);
    }

    @Override
    public final Map<String, Instant> neededByBoot(Job job) throws HostException, InterruptedException {
        return rpm.neededByBoot(job);
    }

    @Override
    public final Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException {
        return last.to(selection, inputs.fingerprint(), wanted -> planner.resolve(wanted, job));
    }

    /** While rpm works on a package its old and new files are both there. */
    @Override
    public final Footprint footprint(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        RpmTool.Sizes sizes = tool.sizes(changes, job);
        Rpm.Database database = rpm.database(job);
        long old = 0;
        for (PackageChange change : changes) {
            for (RpmListing.Row row : database.rows(change.id())) {
                old += row.size();
            }
        }
        // The old package files are compressed, so never larger than what is in them; the database is copied once.
        return new Footprint(sizes.download(), old, sizes.growth() + old);
    }

    @Override
    public final List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        return new RpmStore(rpm, tool, files).fetch(changes, into, job);
    }

    @Override
    public final List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        return new RpmStore(rpm, tool, files).fetchInstalled(changes, into, job);
    }

    @Override
    public final List<PackageFile> keep(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        return new RpmStore(rpm, tool, files).keep(changes, into, job);
    }

    @Override
    public final String proveRestore(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        new RpmProof(rpm, files).prove(changes, sets, job);
        return "rpm went there and back to all " + sets.oldFiles().size()
                + " old versions from the kept files on a copy of its database, with every dependency held";
    }

    @Override
    public final List<String> configFiles(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        List<String> olds = changes.stream()
                .filter(c -> !c.isNew())
                .map(c -> Nevra.of(c.id(), c.from()))
                .toList();
        Set<String> paths = new TreeSet<>(rpm.paths("-qc", olds, job));
        paths.addAll(RpmCommit.pathsOfNew("-qc", sets, rpm, files, job));
        return List.copyOf(paths);
    }

    @Override
    public final List<String> besides(String configFile) {
        return ConfigDecision.BESIDES.stream()
                .map(suffix -> configFile + suffix)
                .toList();
    }

    @Override
    public final List<String> filesOf(Collection<PackageId> packages, Job job)
            throws HostException, InterruptedException {
        return List.copyOf(rpm.paths("-ql", nevras(packages, job), job));
    }

    @Override
    public final Set<PackageId> automatic(Collection<PackageId> packages, Job job)
            throws HostException, InterruptedException {
        return packages.isEmpty() ? Set.of() : tool.automatic(packages, job);
    }

    @Override
    public final void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException {
        tool.markAutomatic(packages, automatic, job);
    }

    @Override
    public final void commit(
            List<PackageChange> changes, PackageSets sets, ConfigFiles policy, Duration lockTimeout, Job job)
            throws HostException, InterruptedException {
        locks.require(lockTimeout, job);
        new RpmCommit(rpm, tool, files, unfinished, this::failedScripts, this::isLocked)
                .commit(changes, sets, configFiles(changes, sets, job), policy, job);
    }

    @Override
    public final void restore(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        new RpmRestore(rpm, tool, files).restore(changes, sets, job);
    }

    @Override
    public final void settle(Job job) throws HostException, InterruptedException {
        Leftovers.end(job);
        locks.require(job.timeLeft().get().dividedBy(2), job);
    }

    /** By the versions that are installed; a package that is there twice is named twice. */
    private Set<String> nevras(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        if (packages.isEmpty()) {
            return Set.of();
        }
        Rpm.Database database = rpm.database(job);
        Set<String> nevras = new TreeSet<>();
        for (PackageId id : packages) {
            database.rows(id).forEach(r -> nevras.add(Nevra.of(id, r.version())));
        }
        return nevras;
    }
}
