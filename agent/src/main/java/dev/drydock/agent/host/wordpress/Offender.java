package dev.drydock.agent.host.wordpress;

import java.util.List;
import java.util.Optional;

/** Which of several updated items a late fault is laid to. Pure. */
public final class Offender {
    private Offender() {}

    /**
     * The one that the evidence names by its directory; else the one that was updated last.
     *
     * @param updated in the order in which they were
     * @param evidence lines of the error log and of what the site answered
     */
    public static Optional<Item> among(List<Item> updated, List<String> evidence) {
        for (String line : evidence) {
            // The deepest place of a trace stands first in its line; the item whose code failed is what is named there.
            Optional<Item> named = updated.stream()
                    .filter(item -> place(item, line) >= 0)
                    .min(java.util.Comparator.comparingInt(item -> place(item, line)));
            if (named.isPresent()) {
                return named;
            }
        }
        return updated.isEmpty() ? Optional.empty() : Optional.of(updated.getLast());
    }

    /** Whether the line names one of them by its directory. */
    public static boolean names(List<Item> updated, String line) {
        return updated.stream().anyMatch(item -> place(item, line) >= 0);
    }

    private static int place(Item item, String line) {
        return switch (item.kind()) {
            case CORE -> -1;
            case PLUGIN -> line.indexOf("/plugins/" + item.slug() + "/");
            case THEME -> line.indexOf("/themes/" + item.slug() + "/");
        };
    }
}
