package dev.drydock.agent.host.apt;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers package files: the new ones from the archive; the old ones from the cache, the archive, or the system itself. */
final class DebStore {
    /** Compared with the signed index: by apt when they come, here where they are there already. */
    private static final String ARCHIVE = "archive";

    private static final String CACHE = "/var/cache/apt/archives/";

    private final Apt apt;
    private final AptPlanner planner;
    private final DebFile debs;
    private final Repacker repacker;
    private final HostFiles files;

    DebStore(Apt apt, AptPlanner planner, DebFile debs, Repacker repacker, HostFiles files) {
        this.apt = apt;
        this.planner = planner;
        this.debs = debs;
        this.repacker = repacker;
        this.files = files;
    }

    List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        List<PackageFile> fetched = new ArrayList<>();
        try (Staging staging = Staging.open(files, into)) {
            List<Deb> wanted =
                    changes.stream().map(c -> new Deb(c.id(), c.to())).toList();
            List<Deb> missing = missing(wanted, staging, job);
            if (!missing.isEmpty()) {
                Commands.Result result = apt.download(staging.inside(), arguments(missing), job);
                if (!result.ok()) {
                    throw HostException.of("downloading the new packages", result, true);
                }
            }
            for (Deb deb : wanted) {
                fetched.add(debs.check(deb.id(), deb.version(), staging, deb.file(), ARCHIVE, job));
            }
        }
        return fetched;
    }

    /** Of the installed packages those that an archive has, but the cache has not. */
    List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job)
            throws HostException, InterruptedException {
        List<PackageChange> installed = changes.stream().filter(c -> !c.isNew()).toList();
        Map<PackageId, AptPolicy.Entry> policy =
                planner.policy(installed.stream().map(PackageChange::id).toList(), job);
        List<Deb> onOffer = new ArrayList<>();
        for (PackageChange change : installed) {
            AptPolicy.Entry entry = policy.get(change.id());
            Deb deb = new Deb(change.id(), change.from());
            if (entry != null && entry.isOnOffer(change.from()) && !Files.isRegularFile(cached(deb.file()))) {
                onOffer.add(deb);
            }
        }
        List<PackageFile> fetched = new ArrayList<>();
        try (Staging staging = Staging.open(files, into)) {
            onOffer.removeAll(download(onOffer, staging, job));
            for (Deb deb : onOffer) {
                fetched.add(debs.check(deb.id(), deb.version(), staging, deb.file(), ARCHIVE, job));
            }
        }
        return fetched;
    }

    /** A package file that is wanted. */
    private record Deb(PackageId id, String version) {
        String argument() {
            return Versions.argument(id, version);
        }

        String file() {
            return Versions.fileName(id, version);
        }
    }

    private static List<String> arguments(List<Deb> debs) {
        return debs.stream().map(Deb::argument).toList();
    }

    /**
     * Those that are not there as the signed index has them. What lies in their place goes: apt would take it where its size is
     * right.
     */
    private List<Deb> missing(List<Deb> wanted, Staging staging, Job job) throws HostException, InterruptedException {
        List<Deb> missing = new ArrayList<>(wanted);
        List<Deb> there = wanted.stream()
                .filter(deb -> Files.exists(staging.outside().resolve(deb.file())))
                .toList();
        if (there.isEmpty()) {
            return missing;
        }
        Map<String, DebSum> sums = apt.sums(arguments(there), job);
        for (Deb deb : there) {
            Path file = staging.outside().resolve(deb.file());
            DebSum sum = sums.get(deb.file());
            try {
                if (sum != null && sum.isOf(file)) {
                    missing.remove(deb);
                } else {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new HostException(
                        "package file " + file + " cannot be compared with the index: " + e.getMessage(), e);
            }
        }
        return missing;
    }

    List<PackageFile> keep(List<PackageChange> changes, Path into, Job job) throws HostException, InterruptedException {
        List<PackageChange> installed = changes.stream().filter(c -> !c.isNew()).toList();
        Map<PackageId, AptPolicy.Entry> policy =
                planner.policy(installed.stream().map(PackageChange::id).toList(), job);
        List<PackageFile> kept = new ArrayList<>();
        List<PackageChange> onOffer = new ArrayList<>();
        List<PackageChange> gone = new ArrayList<>();
        try (Staging staging = Staging.open(files, into)) {
            for (PackageChange change : installed) {
                AptPolicy.Entry entry = policy.get(change.id());
                if (fromCache(change, staging)) {
                    kept.add(check(change, staging, "cache", job));
                } else if (entry != null && entry.isOnOffer(change.from())) {
                    onOffer.add(change);
                } else {
                    gone.add(change);
                }
            }
            List<Deb> notToBeHad = download(
                    onOffer.stream().map(c -> new Deb(c.id(), c.from())).toList(), staging, job);
            List<PackageChange> missing = onOffer.stream()
                    .filter(c -> notToBeHad.contains(new Deb(c.id(), c.from())))
                    .toList();
            onOffer.removeAll(missing);
            gone.addAll(missing);
            for (PackageChange change : onOffer) {
                kept.add(check(change, staging, ARCHIVE, job));
            }
            for (PackageChange change : gone) {
                job.output()
                        .line("No archive has " + change.id() + " " + change.from()
                                + " any more; packing it again from the installed files");
                repacker.repack(change.id(), change.from(), staging, job);
                kept.add(check(change, staging, "repacked", job));
            }
        }
        return kept;
    }

    private PackageFile check(PackageChange change, Staging staging, String source, Job job)
            throws HostException, InterruptedException {
        String file = Versions.fileName(change.id(), change.from());
        if (!source.equals(ARCHIVE)) {
            debs.requireWhole(staging, file, job);
        }
        return debs.check(change.id(), change.from(), staging, file, source, job);
    }

    /**
     * All at once. An archive may list what it does not have any more; then those that came count, and where none came each is
     * asked for by itself.
     *
     * @return those that could not be had
     */
    private List<Deb> download(List<Deb> debs, Staging staging, Job job) throws HostException, InterruptedException {
        List<Deb> wanted = missing(debs, staging, job);
        if (wanted.isEmpty() || isDownloaded(wanted, staging, job)) {
            return List.of();
        }
        List<Deb> left = missing(wanted, staging, job);
        if (left.size() < wanted.size()) {
            return left;
        }
        List<Deb> notToBeHad = new ArrayList<>();
        for (Deb deb : wanted) {
            if (!isDownloaded(List.of(deb), staging, job.silent())) {
                notToBeHad.add(deb);
            }
        }
        return notToBeHad;
    }

    private boolean isDownloaded(List<Deb> debs, Staging staging, Job job) throws HostException, InterruptedException {
        return apt.download(staging.inside(), arguments(debs), job).ok();
    }

    private Path cached(String name) throws HostException {
        try {
            return files.resolve(CACHE + name);
        } catch (IOException e) {
            throw new HostException("cached package " + name + " cannot be looked for: " + e.getMessage(), e);
        }
    }

    private boolean fromCache(PackageChange change, Staging staging) throws HostException {
        String name = Versions.fileName(change.id(), change.from());
        try {
            Path cached = cached(name);
            if (!Files.isRegularFile(cached)) {
                return false;
            }
            Files.copy(cached, staging.outside().resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new HostException("cached package " + name + " cannot be copied: " + e.getMessage(), e);
        }
    }
}
