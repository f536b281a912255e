package dev.drydock.controller.feed;

import java.time.Instant;
import java.util.Optional;

/** Where the hashes of feeds' tokens are kept. Each change is durable when it returns. */
public interface FeedStore {
    /** @param window empty: all windows */
    void add(String window, String tokenHash, Instant at);

    /** The window whose feed the token opens; empty text: all windows. */
    Optional<String> windowOf(String tokenHash);

    /** @return how many tokens there were */
    int revoke(String window);

    /** How many tokens open the window's feed. */
    int count(String window);
}
