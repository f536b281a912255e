package dev.drydock.controller.api;

import java.util.List;

/**
 * Some of a list that is made anew for each answer. The token is the place where the next begins: what changed meanwhile may move
 * across it.
 */
record Page<T>(List<T> items, String next) {
    /** @param size at most so many; 0: all */
    static <T> Page<T> of(List<T> all, int size, String token) {
        int from = from(token);
        size(size);
        int start = Math.min(from, all.size());
        int end = size == 0 ? all.size() : Math.min(start + size, all.size());
        return new Page<>(all.subList(start, end), end < all.size() ? Integer.toString(end) : "");
    }

    static int size(int asked) {
        if (asked < 0) {
            throw Refusals.invalid(List.of("page_size: is " + asked + "; expected how many at most, or 0"));
        }
        return asked;
    }

    static int from(String token) {
        try {
            int from = token.isEmpty() ? 0 : Integer.parseInt(token);
            if (from >= 0) {
                return from;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Refusals.invalid(List.of("page_token: '" + token + "' is not of an answer; send next_page_token back"));
    }
}
