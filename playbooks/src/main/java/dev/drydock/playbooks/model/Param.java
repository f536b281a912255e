package dev.drydock.playbooks.model;

import java.util.List;
import java.util.Optional;

/**
 * A declared parameter.
 *
 * @param defaultValue as text; a parameter without one must be given
 * @param allowed the only values allowed; empty means any of the type
 */
public record Param(
        String name, Type type, Optional<String> defaultValue, Optional<String> description, List<String> allowed) {
    public Param {
        allowed = List.copyOf(allowed);
    }

    /** Types of parameters; each value travels as text and is checked against its type. */
    public enum Type {
        STRING,
        INTEGER,
        BOOLEAN,
        /** Absolute path without {@code ..}. */
        PATH,
        /** For example {@code 90s}, {@code 15m}, {@code 1h30m}. */
        DURATION,
        /** For example {@code 512MiB}, {@code 2GiB}. */
        SIZE
    }
}
