package dev.drydock.controller.agents;

import java.util.Locale;
import java.util.regex.Pattern;

/** A host's name for people: that of a machine in lower case. */
public record HostName(String text) {
    private static final int MAX = 200;
    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");

    /** @throws IllegalArgumentException says what was expected */
    public static HostName of(String given) {
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (name.length() > MAX || !FORM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The host name \"" + shown(given) + "\" cannot be used. Expected at most " + MAX
                            + " letters, digits, dots, dashes and underscores, with a letter or digit first and last.");
        }
        return new HostName(name);
    }

    /** The name with a number, for the second and later hosts of that name. */
    public String numbered(int number) {
        return number < 2 ? text : text + "-" + number;
    }

    private static String shown(String given) {
        String shown = given.length() > MAX ? given.substring(0, MAX) + "…" : given;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
