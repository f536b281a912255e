package dev.drydock.controller.api;

import dev.drydock.controller.vulnerability.Severity;
import dev.drydock.proto.v1.VulnerabilitySeverity;

/** Severities of vulnerabilities, in and out of messages. */
final class Severities {
    private Severities() {}

    static VulnerabilitySeverity message(Severity severity) {
        return switch (severity) {
            case UNRATED -> VulnerabilitySeverity.VULNERABILITY_UNRATED;
            case LOW -> VulnerabilitySeverity.VULNERABILITY_LOW;
            case MEDIUM -> VulnerabilitySeverity.VULNERABILITY_MEDIUM;
            case HIGH -> VulnerabilitySeverity.VULNERABILITY_HIGH;
            case CRITICAL -> VulnerabilitySeverity.VULNERABILITY_CRITICAL;
        };
    }

    /** Unspecified, and what a later client knows: all. */
    static Severity atLeast(VulnerabilitySeverity severity) {
        return switch (severity) {
            case VULNERABILITY_SEVERITY_UNSPECIFIED, UNRECOGNIZED, VULNERABILITY_UNRATED -> Severity.UNRATED;
            case VULNERABILITY_LOW -> Severity.LOW;
            case VULNERABILITY_MEDIUM -> Severity.MEDIUM;
            case VULNERABILITY_HIGH -> Severity.HIGH;
            case VULNERABILITY_CRITICAL -> Severity.CRITICAL;
        };
    }
}
