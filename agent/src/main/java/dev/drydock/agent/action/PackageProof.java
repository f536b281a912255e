package dev.drydock.agent.action;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.outdated.OutdatedProcesses;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Proves, by asking the package manager and not the one who made the change, that packages are where they should be. */
final class PackageProof {
    private static final int MOST_SHOWN = 10;

    private final PackageManager manager;
    private final ServiceStates states;
    private final PackageRollback rollback;
    private final BootProof boot;
    private final OutdatedProcesses outdated;

    PackageProof(ManagedHost host, PackageManager manager, ServiceStates states) {
        this.manager = manager;
        this.states = states;
        this.rollback = new PackageRollback(host, manager, states);
        this.boot = new BootProof(host);
        this.outdated = new OutdatedProcesses(host, Path.of("/proc"));
    }

    /** @param automatic packages of the change that must be marked so now */
    void requireChanged(PackageUndo undo, Set<PackageId> automatic, Job job)
            throws HostException, IOException, InterruptedException {
        requireVersions(undo.changes(), PackageChange::to, job);
        requireSound(job);
        Set<PackageId> changed = undo.changes().stream().map(PackageChange::id).collect(Collectors.toSet());
        Set<PackageId> marked = manager.automatic(changed, job);
        if (!marked.equals(automatic)) {
            throw new HostException(
                    "packages are marked as installed for others: " + marked + ", expected " + automatic);
        }
        boot.requireBootable(undo.boot(), manager.filesOf(changed, job), job);
        states.requireActive(undo.services(), job);
        ServiceRestartNeeded.report(outdated.find(job), job);
    }

    /** @return the evidence, a line each */
    List<String> requireRestored(PackageUndo undo, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        List<String> evidence = new ArrayList<>();
        requireVersions(undo.changes(), PackageChange::from, job);
        evidence.add("at their exact old versions by " + manager.name() + "'s database: "
                + undo.changes().stream()
                        .map(c -> c.id().name() + " " + (c.isNew() ? "(not installed)" : c.from()))
                        .collect(Collectors.joining(", ")));
        requireSound(job);
        evidence.add("the package manager's audit finds nothing");
        evidence.add(compareListing(undo, workDir, job));
        evidence.add(compareIntegrity(undo, workDir, job));
        List<String> changed = rollback.changedConfigFiles(undo);
        if (!changed.isEmpty()) {
            throw new HostException("configuration files are not as before: " + shown(changed));
        }
        evidence.add(undo.configFiles().size() + " configuration files are as before, byte for byte");
        Set<PackageId> marked = manager.automatic(undo.installedBefore(), job);
        if (!marked.equals(undo.automatic())) {
            throw new HostException(
                    "packages are marked as installed for others: " + marked + ", before it was " + undo.automatic());
        }
        boot.requireRestored(undo.boot()).ifPresent(evidence::add);
        evidence.addAll(states.proveRestored(undo.services(), job));
        return evidence;
    }

    private void requireVersions(List<PackageChange> changes, Function<PackageChange, String> version, Job job)
            throws HostException, InterruptedException {
        Map<PackageId, InstalledPackage> now =
                manager.installed(job).stream().collect(Collectors.toMap(InstalledPackage::id, Function.identity()));
        List<String> wrong = new ArrayList<>();
        for (PackageChange change : changes) {
            String expected = version.apply(change);
            InstalledPackage found = now.get(change.id());
            boolean right = expected.isEmpty()
                    ? found == null
                    : found != null && found.healthy() && found.version().equals(expected);
            if (!right) {
                wrong.add(change.id() + " is "
                        + (found == null ? "not installed" : found.version() + " (" + found.status() + ")")
                        + ", expected " + (expected.isEmpty() ? "not installed" : expected));
            }
        }
        if (!wrong.isEmpty()) {
            throw new HostException(shown(wrong));
        }
    }

    private void requireSound(Job job) throws HostException, InterruptedException {
        List<String> complaints = manager.audit(job);
        if (!complaints.isEmpty()) {
            throw new HostException("the package manager's audit complains of " + shown(complaints));
        }
    }

    private String compareListing(PackageUndo undo, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        String now = manager.listing(job);
        long count = now.lines().count();
        if (Digests.sha256(now).equals(undo.listing())) {
            return "the listing of all " + count + " packages is byte for byte as before (SHA-256 "
                    + undo.listing().substring(0, 12) + "…)";
        }
        return "of " + count + " packages these others changed meanwhile, not by this step: "
                + shown(difference(kept(workDir, PackagePreparation.LISTING, undo.listing()), now));
    }

    private String compareIntegrity(PackageUndo undo, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        String now = manager.integrity(undo.installedBefore(), job);
        if (!Digests.sha256(now).equals(undo.integrity())) {
            List<String> difference = unexplained(
                    difference(kept(workDir, PackagePreparation.INTEGRITY, undo.integrity()), now), undo.configFiles());
            if (!difference.isEmpty()) {
                throw new HostException("files of the packages are not as before: " + shown(difference));
            }
        }
        return "the files of " + undo.installedBefore().size() + " packages match their checksums as before"
                + (now.isEmpty() ? "" : " (" + now.lines().count() + " differed then too)");
    }

    /** @throws HostException when the file in the step's directory is not what was journaled */
    static String kept(Path workDir, String name, String sha256) throws HostException, IOException {
        String text = Files.readString(workDir.resolve(name));
        if (!Digests.sha256(text).equals(sha256)) {
            throw new HostException("the kept " + name + " in " + workDir + " is damaged");
        }
        return text;
    }

    /**
     * Without configuration files that only the new version had: they are gone, as before, and dpkg goes on to remember them as
     * obsolete ones of the old version, which it misses from then on (deb-conffiles(5), dpkg-query(1)).
     */
    static List<String> unexplained(List<String> difference, List<KeptFile> configFiles) {
        Set<String> gone = configFiles.stream()
                .filter(file -> file.kind() == KeptFile.Kind.ABSENT)
                .map(file -> " " + file.path())
                .collect(Collectors.toSet());
        return difference.stream()
                .filter(line -> !line.startsWith("+missing") || gone.stream().noneMatch(line::endsWith))
                .toList();
    }

    /** Lines that are in only one of the two, with a sign. */
    static List<String> difference(String before, String now) {
        Set<String> was = new HashSet<>(before.lines().toList());
        Set<String> is = new HashSet<>(now.lines().toList());
        List<String> difference = new ArrayList<>();
        before.lines().filter(line -> !is.contains(line)).forEach(line -> difference.add("-" + line));
        now.lines().filter(line -> !was.contains(line)).forEach(line -> difference.add("+" + line));
        return difference;
    }

    private static String shown(List<String> lines) {
        String some = lines.stream().limit(MOST_SHOWN).collect(Collectors.joining("; "));
        return lines.size() <= MOST_SHOWN ? some : some + " and " + (lines.size() - MOST_SHOWN) + " more";
    }
}
