package dev.drydock.controller.team;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of all that there is to tell a team wants to hear, and when.
 *
 * @param least by a mail address, {@link #WEBHOOK} or {@link #CHAT}: from which severity on it is told; one that is not there is told all
 * @param quiet hours in which only what is critical is told; the rest waits for their end
 */
public record Listening(Map<String, Severity> least, Optional<QuietHours> quiet) {
    public static final String WEBHOOK = "webhook";
    public static final String CHAT = "slack";

    /** All, at any time. */
    public static final Listening ALL = new Listening(Map.of(), Optional.empty());

    public Listening {
        least = Collections.unmodifiableMap(new TreeMap<>(least));
    }

    public boolean wants(String address, Severity severity) {
        return severity.atLeast(least.getOrDefault(address, Severity.INFO));
    }
}
