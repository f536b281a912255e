package dev.drydock.controller.api;

import dev.drydock.controller.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists in pages (AIP-158). A token says after which key the next page begins, and to which request it belongs: what is made or deleted
 * meanwhile moves nothing, so that no entry comes twice and none that stays is left out.
 */
final class Pages {
    static final int LARGEST = 1_000;
    private static final int MARK = 8;

    private final int size;
    private final byte[] mark;
    private final Optional<String> after;

    private Pages(int size, byte[] mark, Optional<String> after) {
        this.size = size;
        this.mark = mark;
        this.after = after;
    }

    /**
     * @param size as asked for; 0: so many as the default
     * @param request what the token is good for: the call, and all that chooses what it lists
     */
    static Pages of(int size, int defaultSize, String token, String... request) {
        if (size < 0) {
            throw Refusals.invalid(List.of("page_size: " + size + " is not 0 or more"));
        }
        byte[] mark = Arrays.copyOf(Sha256.of(String.join("\0", request).getBytes(StandardCharsets.UTF_8)), MARK);
        return new Pages(size == 0 ? defaultSize : Math.min(size, LARGEST), mark, key(token, mark));
    }

    private static Optional<String> key(String token, byte[] mark) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length < MARK || !Arrays.equals(Arrays.copyOf(bytes, MARK), mark)) {
            throw Refusals.invalid(
                    List.of(
                            "page_token: \"" + token
                                    + "\" is not what an answer to the same request gave; only page_size may differ from page to page"));
        }
        return Optional.of(new String(bytes, MARK, bytes.length - MARK, StandardCharsets.UTF_8));
    }

    int size() {
        return size;
    }

    /** The key of the last entry that the client has had. */
    Optional<String> after() {
        return after;
    }

    String token(String lastKey) {
        byte[] key = lastKey.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(mark, MARK + key.length);
        System.arraycopy(key, 0, token, MARK, key.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /**
     * The page of a list that is all in memory.
     *
     * @param key in whose order the list is; of each its own
     */
    <T> Page<T> of(List<T> all, Function<T, String> key) {
        List<T> rest = all.stream()
                .filter(one -> after.isEmpty() || key.apply(one).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(key))
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, "");
        }
        List<T> page = rest.subList(0, size);
        return new Page<>(page, token(key.apply(page.getLast())));
    }

    /** A key by which the newest come first. */
    static String newest(Instant at, String id) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        return String.format(Locale.ROOT, "%019d %s", Long.MAX_VALUE - micros, id);
    }

    /** @param next the token; empty: these are all */
    record Page<T>(List<T> items, String next) {}
}
