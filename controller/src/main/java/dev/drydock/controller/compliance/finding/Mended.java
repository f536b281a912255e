package dev.drydock.controller.compliance.finding;

import dev.drydock.controller.vulnerability.Severity;

/**
 * How many findings of a kind and a severity were mended on a host.
 *
 * @param within the time that the policy gave
 * @param seconds that they were there, taken together
 */
public record Mended(FindingKind kind, Severity severity, long count, long within, long seconds) {}
