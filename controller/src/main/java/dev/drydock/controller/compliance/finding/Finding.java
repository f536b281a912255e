package dev.drydock.controller.compliance.finding;

import dev.drydock.controller.vulnerability.Severity;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that is wrong with a host.
 *
 * @param subject of its kind, unique on the host: a CVE, a package, a part of a site
 * @param packageName whose update mends it; empty: none does
 * @param firstSeen when the clock started: the update was on offer to the host, or the controller heard of it
 */
public record Finding(
        FindingKind kind, String subject, String packageName, Severity severity, boolean exploited, Instant firstSeen) {
    /** What tells it apart from others of the host. */
    public record Key(FindingKind kind, String subject) {}

    public Key key() {
        return new Key(kind, subject);
    }

    /** Never negative. */
    public Duration age(Instant now) {
        return firstSeen.isAfter(now) ? Duration.ZERO : Duration.between(firstSeen, now);
    }

    Finding since(Instant earlier) {
        return new Finding(kind, subject, packageName, severity, exploited, earlier);
    }
}
