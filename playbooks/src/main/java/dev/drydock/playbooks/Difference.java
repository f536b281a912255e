package dev.drydock.playbooks;

import java.util.Optional;

/**
 * One place where two playbooks differ.
 *
 * @param path in the newer playbook; of what was removed, in the older
 * @param before as JSON; empty for what was added
 * @param after as JSON; empty for what was removed
 */
public record Difference(String path, Optional<String> before, Optional<String> after) {
    /** {@code ~ spec.onFailure: "rollback" → "stop"}, {@code + …} or {@code - …}. */
    @Override
    public String toString() {
        if (before.isPresent() && after.isPresent()) {
            return "~ " + path + ": " + before.get() + " → " + after.get();
        }
        return (after.isPresent() ? "+ " : "- ") + path + ": "
                + after.or(() -> before).orElse("");
    }
}
