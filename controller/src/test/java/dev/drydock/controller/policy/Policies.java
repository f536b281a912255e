package dev.drydock.controller.policy;

import dev.drydock.playbooks.InvalidPlaybookException;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.policy.PolicyReader;
import java.nio.charset.StandardCharsets;

/** Policies for tests. */
public final class Policies {
    private Policies() {}

    /** @param rules ids and checks, by turns */
    public static String yaml(String name, String hosts, String... rules) {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: drydock/v1
                kind: Policy
                metadata: {name: %s}
                spec:
                  hosts: '%s'
                  rules:
                """.formatted(name, hosts));
        for (int i = 0; i < rules.length; i += 2) {
            yaml.append("    - id: ").append(rules[i]).append('\n');
            yaml.append("      ").append(rules[i + 1]).append('\n');
        }
        return yaml.toString();
    }

    public static ActivePolicy of(String name, String hosts, String... rules) {
        try {
            String yaml = yaml(name, hosts, rules);
            return ActivePolicy.of(
                    name + "@1", PolicyReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8)), false);
        } catch (InvalidPlaybookException | InvalidExpressionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static ActivePolicy fallback() {
        return BuiltInPolicy.active();
    }
}
