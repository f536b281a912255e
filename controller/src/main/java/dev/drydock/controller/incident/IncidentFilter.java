package dev.drydock.controller.incident;

import java.util.Optional;
import java.util.Set;

/**
 * Which incidents are asked for.
 *
 * @param contract empty: of all, and out of contract
 * @param before only those with a smaller number; empty: all
 */
public record IncidentFilter(Set<IncidentState> states, Optional<String> contract, Optional<Long> before) {
    public IncidentFilter {
        states = Set.copyOf(states);
    }
}
