package dev.drydock.controller.compliance.fleet;

/**
 * Hosts counted; compliant, due, late and unknown add up to hosts.
 *
 * @param compliant those too of which something is waived
 * @param waived hosts of which something is waived, however they stand
 * @param critical open vulnerabilities of that severity on all of them
 * @param exploited open vulnerabilities that are known to be exploited
 */
public record Totals(
        int hosts, int compliant, int due, int late, int unknown, int waived, int critical, int high, int exploited) {}
