package dev.drydock.controller.health;

import java.util.Map;

/**
 * What came of the checks.
 *
 * @param checks whether each holds, by name, in their order
 */
public record Verdict(Map<String, Boolean> checks) {
    public boolean ok() {
        return checks.values().stream().allMatch(ok -> ok);
    }
}
