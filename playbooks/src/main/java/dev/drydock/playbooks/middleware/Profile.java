package dev.drydock.playbooks.middleware;

import java.util.List;

/**
 * What is known of one piece of middleware.
 *
 * @param tier its place in the order in which services are stopped and started
 * @param seriesParts how many numbers of its version make the series within which updates are minor: 2 for PHP 8.2.30
 * @param movesWith names of profiles whose services serve by it, and are tested and reloaded with it
 * @param variants as which packages it comes; all that are installed count
 */
public record Profile(
        String name, String description, Tier tier, int seriesParts, List<String> movesWith, List<Variant> variants) {
    public Profile {
        movesWith = List.copyOf(movesWith);
        variants = List.copyOf(variants);
    }

    /** What answers to others comes up after those that it asks. */
    public enum Tier {
        DATA,
        CACHE,
        RUNTIME,
        WEB
    }
}
