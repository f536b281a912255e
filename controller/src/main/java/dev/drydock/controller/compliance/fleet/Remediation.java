package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.compliance.finding.FindingKind;
import dev.drydock.controller.compliance.finding.Mended;
import dev.drydock.controller.compliance.rule.HostStanding;
import dev.drydock.controller.vulnerability.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast vulnerabilities of a severity were mended, and how many wait.
 *
 * @param mended within the time that is looked at
 * @param within of them, the time of the policy that counted then
 * @param mean from when the fix was on offer to the host to when it was installed; empty: none was mended
 * @param open now
 * @param overdue of them, over the policy's time
 */
public record Remediation(
        Severity severity, long mended, long within, Optional<Duration> mean, long open, long overdue) {
    /** Worst severity first. */
    static List<Remediation> of(List<HostStanding> hosts, Map<String, List<Mended>> mended) {
        List<Remediation> all = new ArrayList<>();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            all.add(of(Severity.values()[i], hosts, mended));
        }
        return all;
    }

    private static Remediation of(Severity severity, List<HostStanding> hosts, Map<String, List<Mended>> mended) {
        long count = 0;
        long within = 0;
        long seconds = 0;
        long open = 0;
        long overdue = 0;
        for (HostStanding host : hosts) {
            for (Mended one : mended.getOrDefault(host.host().id(), List.of())) {
                if (one.kind() == FindingKind.VULNERABILITY && one.severity() == severity) {
                    count += one.count();
                    within += one.within();
                    seconds += one.seconds();
                }
            }
            open += host.vulnerabilities().of(severity);
            overdue += host.vulnerabilities().overdue(severity);
        }
        return new Remediation(
                severity,
                count,
                within,
                count == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds / count)),
                open,
                overdue);
    }
}
