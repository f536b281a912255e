package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.FindingStore;
import dev.drydock.controller.compliance.finding.HostChanges;
import dev.drydock.controller.compliance.finding.HostChanges.Resolution;
import dev.drydock.controller.compliance.finding.HostChanges.Resolved;
import dev.drydock.controller.vulnerability.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vulnerabilities that were mended since a day, by host: read once a day, and counted on from there. Thread-safe. */
final class MendedLately {
    private static final int COUNT = 0;
    private static final int WITHIN = 1;
    private static final int SECONDS = 2;

    private final FindingStore history;
    private final Map<String, long[][]> byHost = new HashMap<>();
    private @Nullable LocalDate from;
    private @Nullable List<HostVerdict> lastHosts;
    private List<Counted> lastCounted = List.of();

    MendedLately(FindingStore history) {
        this.history = history;
    }

    /** Of one severity on these hosts. */
    record Counted(long count, long within, long seconds) {}

    /** By the ordinal of the severity. @param hosts a list that does not change */
    synchronized List<Counted> of(LocalDate day, List<HostVerdict> hosts) {
        if (!day.equals(from)) {
            read(day);
        }
        if (hosts == lastHosts) {
            return lastCounted;
        }
        long[][] all = none();
        for (HostVerdict host : hosts) {
            long[][] one = byHost.get(host.host().id());
            for (int severity = 0; one != null && severity < one.length; severity++) {
                for (int i = 0; i <= SECONDS; i++) {
                    all[severity][i] += one[severity][i];
                }
            }
        }
        lastCounted = Arrays.stream(all)
                .map(one -> new Counted(one[COUNT], one[WITHIN], one[SECONDS]))
                .toList();
        lastHosts = hosts;
        return lastCounted;
    }

    private void read(LocalDate day) {
        byHost.clear();
        lastHosts = null;
        history.mendedSince(day).forEach((host, mended) -> mended.stream()
                .filter(one -> one.kind() == FindingKind.VULNERABILITY)
                .forEach(one -> add(host, one.severity(), one.count(), one.within(), one.seconds())));
        from = day;
    }

    /** What was put on record now. */
    synchronized void add(List<HostChanges> changes) {
        if (from == null) {
            return;
        }
        for (HostChanges host : changes) {
            for (Resolved one : host.resolved()) {
                if (one.resolution() == Resolution.MENDED
                        && one.finding().kind() == FindingKind.VULNERABILITY
                        && one.finding().firstSeen().isAfter(Instant.EPOCH)) {
                    add(
                            host.hostId(),
                            one.finding().severity(),
                            1,
                            one.within() ? 1 : 0,
                            one.finding().age(one.at()).toSeconds());
                }
            }
        }
    }

    private void add(String host, Severity severity, long count, long within, long seconds) {
        lastHosts = null;
        long[] sums = byHost.computeIfAbsent(host, any -> none())[severity.ordinal()];
        sums[COUNT] += count;
        sums[WITHIN] += within;
        sums[SECONDS] += seconds;
    }

    /** It is read anew: what was written before something failed is not known here. */
    synchronized void forget() {
        from = null;
    }

    private static long[][] none() {
        return new long[Severity.values().length][SECONDS + 1];
    }
}
