package dev.drydock.controller.compliance.fleet;

import java.util.List;

/**
 * Hosts of one label's value, by one policy.
 *
 * @param policy its name; empty: by all policies together
 * @param label {@code team} or {@code client}; empty: all hosts
 */
public record Group(String policy, String label, String value, Totals totals) {
    /** By which hosts are put together. */
    public static final List<String> LABELS = List.of("team", "client");
}
