package dev.drydock.agent.facts;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the package manager has installed and on offer. Asks it only when something that its answer depends on has changed, since
 * that costs a second of processor time. Used by one thread at a time.
 */
final class PackageFacts {
    private static final Duration QUESTION = Duration.ofMinutes(2);
    private static final Duration REFRESH = Duration.ofMinutes(10);
    private static final Duration LOCK = Duration.ofMinutes(2);

    private final PackageManager manager;
    private final FirstSeen firstSeen;
    private final InstantSource clock;
    private @Nullable Known known;

    PackageFacts(PackageManager manager, FirstSeen firstSeen, InstantSource clock) {
        this.manager = manager;
        this.firstSeen = firstSeen;
        this.clock = clock;
    }

    private record Known(
            String fingerprint,
            List<InstalledPackage> installed,
            Packages packages,
            Map<String, Instant> neededByBoot) {}

    void refresh() throws HostException, InterruptedException {
        manager.refresh(LOCK, Job.quiet(REFRESH));
    }

    Packages gather() throws HostException, InterruptedException {
        Packages packages = known().packages();
        // Lists without anything new in them are new all the same.
        return manager.refreshedAt()
                .map(at -> packages.toBuilder().setRefreshedAt(timestamp(at)).build())
                .orElse(packages);
    }

    /** As the same answer counts them. */
    List<InstalledPackage> installed() throws HostException, InterruptedException {
        return known().installed();
    }

    /** Names of packages that were installed since then and that only a reboot puts to use; sorted. */
    List<String> waitingForReboot(Instant bootedAt) throws HostException, InterruptedException {
        return known().neededByBoot().entrySet().stream()
                .filter(e -> e.getValue().isAfter(bootedAt))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private Known known() throws HostException, InterruptedException {
        // Before the questions: what changes while they are asked is seen the next time.
        String fingerprint = manager.fingerprint();
        Known last = known;
        if (last == null || !last.fingerprint().equals(fingerprint)) {
            List<InstalledPackage> installed = manager.installed(Job.quiet(QUESTION));
            last = new Known(fingerprint, installed, ask(installed.size()), manager.neededByBoot(Job.quiet(QUESTION)));
            known = last;
        }
        return last;
    }

    private Packages ask(int installed) throws HostException, InterruptedException {
        List<PackageChange> pending = manager.pending(Job.quiet(QUESTION));
        Map<String, Instant> seen = firstSeen.update(pending, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        Packages.Builder packages = Packages.newBuilder()
                .setManager(manager.name())
                .setInstalled(installed)
                .setPendingSecurity(
                        (int) pending.stream().filter(PackageChange::security).count())
                .addAllBroken(manager.audit(Job.quiet(QUESTION)));
        Map<PackageId, String> sources = pending.isEmpty() ? Map.of() : manager.sources(Job.quiet(QUESTION));
        for (PackageChange change : pending) {
            String source = sources.getOrDefault(change.id(), "");
            packages.addPending(PendingUpdate.newBuilder()
                    .setName(change.id().name())
                    .setArch(change.id().arch())
                    .setInstalledVersion(change.from())
                    .setAvailableVersion(change.to())
                    .setSecurity(change.security())
                    .setOrigin(change.origin())
                    .setSource(source.equals(change.id().name()) ? "" : source)
                    .setFirstSeen(timestamp(seen.getOrDefault(FirstSeen.key(change), Instant.EPOCH))));
        }
        return packages.build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }
}
