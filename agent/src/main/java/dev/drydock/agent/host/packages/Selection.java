package dev.drydock.agent.host.packages;

import java.util.List;

/**
 * Which packages to change.
 *
 * @param packages {@code name} or {@code name=version}; empty unless the scope is {@link Scope#NAMED}
 * @param exclude globs over names ({@code *} and {@code ?}); what matches is not touched
 */
public record Selection(Scope scope, List<String> packages, List<String> exclude) {
    public Selection {
        packages = List.copyOf(packages);
        exclude = List.copyOf(exclude);
    }

    /** What is wanted. */
    public enum Scope {
        SECURITY,
        ALL,
        NAMED
    }
}
