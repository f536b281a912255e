package dev.drydock.playbooks.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step or check of a playbook: exactly one action with its arguments.
 *
 * @param name what people read; the action's name where none was written
 * @param action "area.verb" or "area.noun", known to the schema
 * @param args the action's arguments, expressions not yet resolved
 * @param when CEL over {@code host} and {@code params}; the step is skipped when it is false
 * @param verify checks that must hold after this step
 * @param timeout the longest that applying may take; the action's default where empty
 * @param rollbackTimeout the longest that rolling back may take; the action's default where empty
 * @param irreversible true when the author wrote {@code irreversible: accepted}
 */
public record Step(
        String name,
        String action,
        Args args,
        Optional<String> when,
        List<Step> verify,
        Optional<Duration> timeout,
        Optional<Duration> rollbackTimeout,
        boolean irreversible) {
    public Step {
        verify = List.copyOf(verify);
    }
}
