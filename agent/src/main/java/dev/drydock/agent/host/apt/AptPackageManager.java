package dev.drydock.agent.host.apt;

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
import dev.drydock.agent.host.packages.RecordLocks;
import dev.drydock.agent.host.packages.Selection;
import dev.drydock.agent.host.packages.Staging;
import dev.drydock.agent.host.packages.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** apt and dpkg. */
public final class AptPackageManager implements PackageManager {
    private static final String LISTS_LOCKED = "E: Unable to lock directory";

    private static final List<String> BESIDES = List.of(".dpkg-dist", ".dpkg-new", ".dpkg-old", ".dpkg-tmp");

    private final HostFiles files;
    private final AptInputs inputs;
    private final Apt apt;
    private final Dpkg dpkg;
    private final AptPlanner planner;
    private final DebFile debs;
    private final DebStore store;
    private final AptMarks marks;
    private final RecordLocks locks;
    private final AptRefresh lists;
    private final LastAnswer<Selection, Transaction> last = new LastAnswer<>();

    public AptPackageManager(Commands commands, HostFiles files) {
        this.files = files;
        this.inputs = new AptInputs(files);
        this.apt = new Apt(commands);
        this.dpkg = new Dpkg(commands, files, inputs);
        this.planner = new AptPlanner(apt, dpkg, inputs);
        this.debs = new DebFile(apt);
        this.store = new DebStore(apt, planner, debs, new Repacker(apt, dpkg, files), files);
        this.marks = new AptMarks(apt, dpkg, files);
        this.locks = new RecordLocks(files);
        this.lists = new AptRefresh(apt, inputs, files, InstantSource.system());
    }

    @Override
    public String name() {
        return "apt";
    }

    @Override
    public Map<PackageId, String> sources(Job job) throws HostException, InterruptedException {
        return dpkg.sources(job);
    }

    @Override
    public List<InstalledPackage> installed(Job job) throws HostException, InterruptedException {
        return dpkg.present(job);
    }

    @Override
    public String listing(Job job) throws HostException, InterruptedException {
        return dpkg.listing(job).stream()
                .map(p -> p.id() + " " + p.version() + " " + p.status() + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public List<String> audit(Job job) throws HostException, InterruptedException {
        return dpkg.audit(job);
    }

    @Override
    public String integrity(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        if (packages.isEmpty()) {
            return "";
        }
        List<String> argv = new ArrayList<>(List.of("dpkg", "--verify"));
        packages.forEach(id -> argv.add(Dpkg.query(id)));
        // Files that differ are a failure to dpkg --verify; here they are the answer.
        Commands.Result result = apt.run(argv, job.silent());
        if (result.timedOut()) {
            throw HostException.of("dpkg --verify", result);
        }
        return result.stdout().lines().sorted().collect(Collectors.joining("\n"));
    }

    @Override
    public String fingerprint() throws HostException {
        return inputs.fingerprint();
    }

    @Override
    public String mending() {
        return AptRepair.MEANS;
    }

    @Override
    public void repair(Duration lockTimeout, Job job) throws HostException, InterruptedException {
        requireFree(AptInputs.LOCKS_OF_CHANGES, lockTimeout, job);
        new AptRepair(apt, dpkg).repair(job);
    }

    /** apt does not wait for the lock of its lists, and another may take it between the look and the command. */
    @Override
    public void refresh(Duration lockTimeout, Job job) throws HostException, InterruptedException {
        if (lists.isNotNeeded(job)) {
            return;
        }
        Job bounded = job.within(lockTimeout);
        Commands.Result result;
        do {
            requireFree(AptInputs.LOCKS_OF_LISTS, bounded.timeLeft().get(), job);
            result = apt.get(
                    List.of("-o", "Acquire::Retries=2", "-o", "APT::Update::Error-Mode=any"), "update", List.of(), job);
        } while (!result.ok()
                && result.tail().contains(LISTS_LOCKED)
                && bounded.timeLeft().get().isPositive());
        if (!result.ok()) {
            throw HostException.of("apt-get update", result, true);
        }
        lists.wereRead();
    }

    @Override
    public Optional<Instant> refreshedAt() throws HostException {
        return inputs.listsReadAt();
    }

    @Override
    public List<PackageChange> pending(Job job) throws HostException, InterruptedException {
        return planner.pending(job);
    }

    @Override
    public Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException {
        return last.to(selection, inputs.fingerprint(), wanted -> planner.resolve(wanted, job));
    }

    @Override
    public Footprint footprint(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        return new AptFootprint(apt).of(changes, job);
    }

    @Override
    public List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        return store.fetch(changes, into, job);
    }

    @Override
    public List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        return store.fetchInstalled(changes, into, job);
    }

    @Override
    public List<PackageFile> keep(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        Set<PackageId> known = new TreeSet<>();
        dpkg.listing(job).forEach(p -> known.add(p.id()));
        for (PackageChange change : changes) {
            if (change.isNew() && known.contains(change.id())) {
                throw new HostException("package " + change.id() + " was removed but its configuration was left; purge"
                        + " or install it first, so that the way back is exact");
            }
        }
        return store.keep(changes, into, job);
    }

    @Override
    public String proveRestore(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        new RestoreProof(apt, debs, files).prove(changes, sets, job);
        return "apt can go back to all " + sets.oldFiles().size()
                + " old versions from the kept files without touching another package (simulated on a copy of the"
                + " status after the change)";
    }

    @Override
    public List<String> configFiles(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        List<PackageId> installed =
                changes.stream().filter(c -> !c.isNew()).map(PackageChange::id).toList();
        Set<String> paths = new TreeSet<>(dpkg.conffiles(installed, job).keySet());
        try (Staging staging = Staging.open(files, sets.newDir())) {
            for (PackageFile file : sets.newFiles()) {
                paths.addAll(debs.conffiles(staging.inside(file.file()), job));
            }
        }
        return List.copyOf(paths);
    }

    @Override
    public List<String> besides(String configFile) {
        return BESIDES.stream().map(suffix -> configFile + suffix).toList();
    }

    @Override
    public List<String> filesOf(Collection<PackageId> packages, Job job) throws HostException, InterruptedException {
        return dpkg.filesOf(packages, job);
    }

    @Override
    public Set<PackageId> automatic(Collection<PackageId> packages, Job job)
            throws HostException, InterruptedException {
        return marks.automatic(packages, job);
    }

    @Override
    public void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException {
        marks.mark(packages, automatic, job);
    }

    @Override
    public void commit(List<PackageChange> changes, PackageSets sets, ConfigFiles policy, Duration lockTimeout, Job job)
            throws HostException, InterruptedException {
        requireFree(AptInputs.LOCKS_OF_CHANGES, lockTimeout, job);
        new AptCommit(apt, files).commit(changes, sets, policy, job);
    }

    @Override
    public void restore(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException {
        new AptRestore(apt, dpkg, files).restore(changes, sets, job);
    }

    @Override
    public void settle(Job job) throws HostException, InterruptedException {
        Leftovers.end(job);
        Duration most = job.timeLeft().get().dividedBy(2);
        requireFree(AptInputs.LOCKS_OF_CHANGES, most, job);
    }

    private void requireFree(List<String> of, Duration most, Job job) throws HostException, InterruptedException {
        Optional<String> held = locks.await(of, most, job);
        if (held.isPresent()) {
            throw HostException.retryable(
                    "the package manager's lock " + held.get() + " and was not released in " + most.toSeconds() + " s");
        }
    }
}
