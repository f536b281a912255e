package dev.drydock.controller.security.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries.
 *
 * @param method the service, the method, both with a slash between, or all of its name
 * @param kind empty: all but the ends of calls
 * @param from not before
 * @param to before
 * @param before with smaller numbers than this one
 */
public record AuditQuery(
        Optional<String> user,
        Optional<String> method,
        Optional<String> kind,
        Optional<Instant> from,
        Optional<Instant> to,
        OptionalLong before) {}
