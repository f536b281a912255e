package dev.drydock.controller.feed;

import dev.drydock.controller.security.Sha256;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.Window;
import dev.drydock.controller.window.WindowCalendar;
import dev.drydock.controller.window.Windows;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Windows as iCalendar, for whoever asks or for whoever has a feed's token: 192 random bits, of which only the SHA-256 is
 * stored. A token opens its one feed and nothing else. Thread-safe.
 */
public final class WindowFeeds {
    /** The name of the feed of all windows. */
    public static final String ALL = "";

    private static final int SECRET_BYTES = 24;
    private static final int LONGEST = 128;

    private final FeedStore store;
    private final Windows windows;
    private final Blackouts.Source blackouts;
    private final InstantSource clock;
    private final SecureRandom random;

    public WindowFeeds(
            FeedStore store, Windows windows, Blackouts.Source blackouts, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.windows = windows;
        this.blackouts = blackouts;
        this.clock = clock;
        this.random = random;
    }

    /** The window's openings, or those of all windows; empty: there is no such window. */
    public Optional<String> export(String window) {
        if (window.equals(ALL)) {
            return Optional.of(calendar("Drydock: maintenance", windows.list()));
        }
        return windows.find(window).map(found -> calendar("Drydock: " + found.name(), List.of(found)));
    }

    private String calendar(String title, List<Window> shown) {
        return WindowCalendar.of(title, shown, blackouts.get(), clock.instant());
    }

    /** @return the path and the query of a new subscription: shown once, kept by nobody */
    public String subscribe(String window) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        store.add(window, hash(token), clock.instant());
        return path(window) + "?token=" + token;
    }

    /** @return how many subscriptions there were */
    public int revoke(String window) {
        return store.revoke(window);
    }

    public int subscriptions(String window) {
        return store.count(window);
    }

    /** What the feed at this path holds for whoever has this token; empty: nothing that they may know of. */
    Optional<String> read(String path, String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Optional.empty();
        }
        return store.windowOf(hash(token))
                .filter(window -> path(window).equals(path))
                .flatMap(this::export);
    }

    private static String path(String window) {
        return window.equals(ALL) ? "/calendars/windows.ics" : "/calendars/windows/" + window + ".ics";
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
    }
}
