package dev.drydock.agent.host.packages;

import java.util.List;
import java.util.regex.Pattern;

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

    /** Whether a package of this name is not to be touched. */
    public boolean excludes(String name) {
        return exclude.stream().anyMatch(glob -> glob(glob).matcher(name).matches());
    }

    /** {@code *} and {@code ?} as in a shell, all else as it stands. */
    public static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** What is wanted. */
    public enum Scope {
        SECURITY,
        ALL,
        NAMED
    }
}
