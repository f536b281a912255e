package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The package manager of the managed system. Never asks a question of a person. One caller at a time changes something;
 * asking is thread-safe.
 *
 * <p>Directories given are on this machine; an adapter for a system in a root directory brings files to where its tools
 * see them.
 */
public interface PackageManager {
    /** "apt", "dnf", "zypper". */
    String name();

    /** All packages in the database, also broken ones; sorted. */
    List<InstalledPackage> installed(Job job) throws HostException, InterruptedException;

    /** The source packages that installed ones were built from, where the manager's advisories go by them; those of the same name too. */
    default Map<PackageId, String> sources(Job job) throws HostException, InterruptedException {
        return Map.of();
    }

    /** A text that is the same as long as packages, versions and states are: one line a package. */
    String listing(Job job) throws HostException, InterruptedException;

    /** What the manager's own audit complains of, a line a package; empty on a healthy system. */
    List<String> audit(Job job) throws HostException, InterruptedException;

    /** Files of these packages that are missing or differ from what was packed, a line each; the same while none changes. */
    String integrity(Collection<PackageId> packages, Job job) throws HostException, InterruptedException;

    /**
     * A text that stays the same as long as the answers to {@link #installed}, {@link #pending} and {@link #audit} do; lists that
     * were read anew without anything new in them need not change it. Cheap: no program is run.
     */
    String fingerprint() throws HostException;

    /** What {@link #repair} does, in a few words for people. */
    String mending();

    /**
     * Finishes what an interrupted run of the manager left half done, until {@link #audit} is content. Touches no package that
     * is whole. Idempotent.
     *
     * @throws HostException when some are still not in order, which it names; retryable when the manager's lock was not to be
     *     had
     */
    void repair(Duration lockTimeout, Job job) throws HostException, InterruptedException;

    /** Reads the archives' lists anew. A failure is retryable. */
    void refresh(Duration lockTimeout, Job job) throws HostException, InterruptedException;

    /** When the lists were last read; empty when never or unknown. */
    Optional<Instant> refreshedAt() throws HostException;

    /** Updates on offer for what is installed, held ones included; by the lists as they are. Sorted. */
    List<PackageChange> pending(Job job) throws HostException, InterruptedException;

    /**
     * Packages that only a reboot puts to use, by name, with when they were installed last. Empty where packages say so by
     * other means.
     */
    default Map<String, Instant> neededByBoot(Job job) throws HostException, InterruptedException {
        return Map.of();
    }

    /**
     * What it would take, by simulation.
     *
     * @throws HostException when it cannot be had, or only by removing packages or by touching excluded ones
     */
    Transaction resolve(Selection selection, Job job) throws HostException, InterruptedException;

    /** How much space the change takes. */
    Footprint footprint(List<PackageChange> changes, Job job) throws HostException, InterruptedException;

    /**
     * Downloads the new package of each change and checks it. What lies there already counts only where it is what the archive's
     * lists say; else it is downloaded again.
     */
    List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job) throws HostException, InterruptedException;

    /**
     * Downloads the installed package of each change where an archive has it and the manager's cache has not; the others are left
     * out. What lies there already counts as for {@link #fetch}.
     */
    List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException;

    /**
     * Gets the exact installed package of each change as a file: from the cache, the archive, or repacked. What {@link
     * #fetchInstalled} put there counts as for {@link #fetch}.
     */
    List<PackageFile> keep(List<PackageChange> changes, Path into, Job job) throws HostException, InterruptedException;

    /**
     * Has the manager's resolver go from the state after the change back to the one before, on a copy of its database.
     *
     * @return what that proves, one line
     * @throws HostException when it cannot, or only with side effects
     */
    String proveRestore(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException;

    /** Configuration files of the packages, old and new, as paths inside the managed system; sorted. */
    List<String> configFiles(List<PackageChange> changes, PackageSets sets, Job job)
            throws HostException, InterruptedException;

    /** Paths that the manager may put beside a configuration file that it does not overwrite, or overwrites. */
    List<String> besides(String configFile);

    /** All files of installed packages. */
    List<String> filesOf(Collection<PackageId> packages, Job job) throws HostException, InterruptedException;

    /** Which of the packages were installed for the sake of others only. */
    Set<PackageId> automatic(Collection<PackageId> packages, Job job) throws HostException, InterruptedException;

    void markAutomatic(Collection<PackageId> packages, boolean automatic, Job job)
            throws HostException, InterruptedException;

    /**
     * Makes the change from the fetched files, without network. Waits for the manager's lock and says who holds it.
     *
     * @throws HostException retryable when the lock was not to be had; nothing was changed then
     */
    void commit(List<PackageChange> changes, PackageSets sets, ConfigFiles policy, Duration lockTimeout, Job job)
            throws HostException, InterruptedException;

    /**
     * Puts the kept packages back, from any half state, and removes what was new. Does nothing where nothing differs.
     * Idempotent.
     */
    void restore(List<PackageChange> changes, PackageSets sets, Job job) throws HostException, InterruptedException;

    /**
     * Waits until no other run of the manager is under way; ends those that a killed agent of this very step left
     * behind and that do not end by themselves.
     */
    void settle(Job job) throws HostException, InterruptedException;

    /**
     * The package files of one change.
     *
     * @param oldFiles in {@code oldDir}, one for each package that was installed
     * @param newFiles in {@code newDir}, one for each package that will be
     */
    record PackageSets(Path oldDir, List<PackageFile> oldFiles, Path newDir, List<PackageFile> newFiles) {
        public PackageSets {
            oldFiles = List.copyOf(oldFiles);
            newFiles = List.copyOf(newFiles);
        }
    }
}
