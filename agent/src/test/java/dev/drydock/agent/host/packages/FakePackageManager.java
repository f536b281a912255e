package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.testing.Unexpected;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers what tests set; changes nothing. Questions and effects are in {@link #calls}. */
public class FakePackageManager implements PackageManager {
    public final List<String> calls = new ArrayList<>();
    public List<InstalledPackage> installed = List.of();
    public List<PackageChange> pending = List.of();
    public List<String> broken = List.of();
    public String fingerprint = "1";
    public Optional<Instant> refreshedAt = Optional.empty();
    public Optional<HostException> refreshFails = Optional.empty();
    public Optional<HostException> repairFails = Optional.empty();
    public Optional<HostException> resolveFails = Optional.empty();
    /** What the audit complains of after a repair. */
    public List<String> brokenAfterRepair = List.of();

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<InstalledPackage> installed(Job job) {
        calls.add("installed");
        return installed;
    }

    @Override
    public String listing(Job job) {
        throw Unexpected.call();
    }

    @Override
    public List<String> audit(Job job) {
        calls.add("audit");
        return broken;
    }

    @Override
    public String integrity(Collection<PackageId> packages, Job job) {
        throw Unexpected.call();
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public String mending() {
        return "fake --configure -a";
    }

    @Override
    public void repair(Duration lockTimeout, Job job) throws HostException {
        calls.add("repair");
        broken = brokenAfterRepair;
        if (repairFails.isPresent()) {
            throw repairFails.get();
        }
    }

    @Override
    public void refresh(Duration lockTimeout, Job job) throws HostException {
        calls.add("refresh");
        if (refreshFails.isPresent()) {
            throw refreshFails.get();
        }
    }

    @Override
    public Optional<Instant> refreshedAt() {
        return refreshedAt;
    }

    @Override
    public List<PackageChange> pending(Job job) {
        calls.add("pending");
        return pending;
    }

    @Override
    public Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException {
        calls.add("resolve " + selection.scope());
        if (resolveFails.isPresent()) {
            throw resolveFails.get();
        }
        return new Transaction(pending, List.of());
    }

    @Override
    public Footprint footprint(List<PackageChange> changes, Job job) throws HostException, InterruptedException {
        throw Unexpected.call();
    }

    @Override
    public List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        throw Unexpected.call();
    }

    @Override
    public List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        throw Unexpected.call();
    }

    @Override
    public List<PackageFile> keep(List<PackageChange> changes, Path into, Job job) {
        throw Unexpected.call();
    }

    @Override
    public String proveRestore(List<PackageChange> changes, PackageSets sets, Job job) {
        throw Unexpected.call();
    }

    @Override
    public List<String> configFiles(List<PackageChange> changes, PackageSets sets, Job job) {
        throw Unexpected.call();
    }

    @Override
    public List<String> besides(String configFile) {
        return List.of(configFile + ".beside");
    }

    @Override
    public List<String> filesOf(Collection<PackageId> packages, Job job) {
        return List.of();
    }

    @Override
    public Set<PackageId> automatic(Collection<PackageId> packages, Job job) {
        return Set.of();
    }

    @Override
    public void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job) {
        throw Unexpected.call();
    }

    @Override
    public void commit(
            List<PackageChange> changes, PackageSets sets, ConfigFiles policy, Duration lockTimeout, Job job) {
        throw Unexpected.call();
    }

    @Override
    public void restore(List<PackageChange> changes, PackageSets sets, Job job) {
        throw Unexpected.call();
    }

    @Override
    public void settle(Job job) throws HostException {
        calls.add("settle");
    }
}
