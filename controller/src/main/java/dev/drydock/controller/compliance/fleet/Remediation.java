package dev.drydock.controller.compliance.fleet;

import dev.drydock.controller.vulnerability.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    /** Worst severity first. @param mended by the ordinal of the severity */
    static List<Remediation> of(Sums sums, List<MendedLately.Counted> mended) {
        List<Remediation> all = new ArrayList<>();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            MendedLately.Counted counted = mended.get(i);
            all.add(new Remediation(
                    severity,
                    counted.count(),
                    counted.within(),
                    counted.count() == 0
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(counted.seconds() / counted.count())),
                    sums.open(severity),
                    sums.overdue(severity)));
        }
        return all;
    }
}
