package dev.drydock.controller.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of an incident's log.
 *
 * @param by the name of a user; empty: the controller
 * @param from empty: it moved nothing
 */
public record Entry(
        Instant at,
        String by,
        IncidentAction action,
        Optional<IncidentState> from,
        Optional<IncidentState> to,
        String comment) {}
