package dev.drydock.playbooks.policy;

import java.util.List;
import java.util.Optional;

/**
 * What is expected of hosts.
 *
 * @param hosts CEL over {@code host}: those that it is for; empty: all
 * @param rules at least one, of different ids
 */
public record Policy(String name, String description, Optional<String> hosts, List<Rule> rules) {
    public Policy {
        rules = List.copyOf(rules);
    }

    /** How bad it is when a rule is broken. */
    public enum Severity {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /** @param id unique in the policy; waivers and reports name it */
    public record Rule(String id, String title, Severity severity, Check check) {}
}
