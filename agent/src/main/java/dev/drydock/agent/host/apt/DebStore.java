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
    /** Checked by apt against the signed index, each time that it is asked for them. */
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
            List<String> wanted = changes.stream().map(Versions::argument).toList();
            Commands.Result result = apt.download(staging.inside(), wanted, job);
            if (!result.ok()) {
                throw HostException.of("downloading the new packages", result, true);
            }
            for (PackageChange change : changes) {
                fetched.add(debs.check(
                        change.id(), change.to(), staging, Versions.fileName(change.id(), change.to()), ARCHIVE, job));
            }
        }
        return fetched;
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
            List<PackageChange> missing = download(onOffer, staging, job);
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
     * All at once. An archive may list what it does not have any more; then those that came are asked for again, since apt
     * checks what is there and gets only what is not whole.
     *
     * @return those that could not be had
     */
    private List<PackageChange> download(List<PackageChange> changes, Staging staging, Job job)
            throws HostException, InterruptedException {
        if (changes.isEmpty() || isThere(changes, staging, job)) {
            return List.of();
        }
        List<PackageChange> came = changes.stream()
                .filter(c -> Files.exists(staging.outside().resolve(Versions.fileName(c.id(), c.from()))))
                .toList();
        List<PackageChange> missing = new ArrayList<>(changes);
        if (!came.isEmpty() && isThere(came, staging, job.silent())) {
            missing.removeAll(came);
            return missing;
        }
        missing.clear();
        for (PackageChange change : changes) {
            if (!isThere(List.of(change), staging, job.silent())) {
                missing.add(change);
            }
        }
        return missing;
    }

    private boolean isThere(List<PackageChange> changes, Staging staging, Job job)
            throws HostException, InterruptedException {
        List<String> wanted =
                changes.stream().map(c -> Versions.argument(c.id(), c.from())).toList();
        return apt.download(staging.inside(), wanted, job).ok();
    }

    private boolean fromCache(PackageChange change, Staging staging) throws HostException {
        String name = Versions.fileName(change.id(), change.from());
        try {
            Path cached = files.resolve(CACHE + name);
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
