package dev.drydock.controller.naming;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names that windows, calendars and rollouts may have: the same rule for all, so that they fit into a path and a label. */
public final class ResourceName {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private ResourceName() {}

    public static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** What is wrong with it, with the field's name; empty: nothing. */
    public static Optional<String> problem(String name) {
        return isOne(name)
                ? Optional.empty()
                : Optional.of("name: '" + name
                        + "' is no name; use up to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit first");
    }
}
