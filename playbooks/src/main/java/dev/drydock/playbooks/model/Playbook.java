package dev.drydock.playbooks.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A playbook as the language defines it, after parsing: everything is typed, nothing is resolved yet.
 * Immutable. Two playbooks are the same when their {@linkplain dev.drydock.playbooks.CanonicalForm canonical forms} are.
 *
 * @param hosts CEL over {@code host} and {@code params}; hosts for which it is false refuse the playbook
 * @param preflight checks, all of which must hold before the first step
 * @param verify checks, all of which must hold after the last step
 */
public record Playbook(
        String name,
        String description,
        Maintenance maintenance,
        Map<String, Param> params,
        Optional<String> hosts,
        List<Step> preflight,
        List<Step> steps,
        List<Step> verify,
        OnFailure onFailure,
        OnWindowEnd onWindowEnd) {
    public Playbook {
        params = Map.copyOf(params);
        preflight = List.copyOf(preflight);
        steps = List.copyOf(steps);
        verify = List.copyOf(verify);
    }

    /** Maintenance types of ISO/IEC/IEEE 14764. */
    public enum Maintenance {
        CORRECTIVE,
        PREVENTIVE,
        ADAPTIVE,
        PERFECTIVE
    }

    /** What follows when a step or a check fails. */
    public enum OnFailure {
        ROLLBACK,
        STOP
    }

    /** What follows when the rest does not fit before the window closes. */
    public enum OnWindowEnd {
        ROLLBACK,
        DEFER
    }
}
