package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.finding.Finding;
import dev.drydock.controller.vulnerability.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A vulnerability that hosts have.
 *
 * @param hosts how many have it, those on which it is waived among them
 * @param firstSeen when its fix was first on offer to any of them
 * @param packages whose update mends it
 */
public record Exposure(
        String cve,
        Severity severity,
        boolean exploited,
        int hosts,
        int waived,
        Instant firstSeen,
        SortedSet<String> packages) {
    /** On one host. */
    public record Affected(String host, Finding finding, Optional<String> waiver) {}

    /** To count with. Of one thread. */
    static final class Counter {
        private final TreeSet<String> packages = new TreeSet<>();
        private Finding first;
        private Severity severity = Severity.UNRATED;
        private boolean exploited;
        private int hosts;
        private int waived;

        Counter(Finding finding) {
            this.first = finding;
        }

        void add(Finding finding, boolean isWaived) {
            first = finding.firstSeen().isBefore(first.firstSeen()) ? finding : first;
            severity = severity.worse(finding.severity());
            exploited |= finding.exploited();
            packages.add(finding.packageName());
            hosts++;
            waived += isWaived ? 1 : 0;
        }

        Exposure done() {
            return new Exposure(first.subject(), severity, exploited, hosts, waived, first.firstSeen(), packages);
        }
    }
}
