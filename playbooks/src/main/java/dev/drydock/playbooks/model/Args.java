package dev.drydock.playbooks.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action's arguments: a tree of maps, lists, strings, longs, doubles and booleans, read with types.
 * Immutable. A value of another type than asked for is an {@link IllegalArgumentException} that names the argument,
 * its value and what was expected, so that what slips past the schema still fails closed.
 *
 * <p>An action written with a bare value or list ({@code service.active: [nginx]}) has it under the key {@value #VALUE}.
 */
public record Args(Map<String, Object> values) {
    /** The key of a bare value. */
    public static final String VALUE = "value";

    public static final Args NONE = new Args(Map.of());

    public Args {
        values = Map.copyOf(values);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String string(String key) {
        return find(key, String.class, "a string").orElseThrow(() -> missing(key));
    }

    public Optional<String> optionalString(String key) {
        return find(key, String.class, "a string");
    }

    public String string(String key, String fallback) {
        return optionalString(key).orElse(fallback);
    }

    public boolean flag(String key, boolean fallback) {
        return find(key, Boolean.class, "true or false").orElse(fallback);
    }

    public Optional<Long> optionalInteger(String key) {
        return find(key, Long.class, "a whole number");
    }

    public long integer(String key, long fallback) {
        return optionalInteger(key).orElse(fallback);
    }

    /** A number with or without a fraction. */
    public Optional<Double> optionalNumber(String key) {
        return find(key, Number.class, "a number").map(Number::doubleValue);
    }

    public Optional<Duration> optionalDuration(String key) {
        return optionalString(key)
                .map(text -> Units.duration(text).orElseThrow(() -> wrong(key, text, "a duration such as 90s or 15m")));
    }

    public Duration duration(String key, Duration fallback) {
        return optionalDuration(key).orElse(fallback);
    }

    /** A size in bytes, written as {@code 512MiB}. */
    public Optional<Long> optionalBytes(String key) {
        return optionalString(key)
                .map(text -> Units.bytes(text).orElseThrow(() -> wrong(key, text, "a size such as 512MiB")));
    }

    /** A list of strings; a single string counts as a list of one; absent is empty. */
    public List<String> strings(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        List<String> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (!(item instanceof String text)) {
                    throw wrong(key, item, "a list of strings");
                }
                all.add(text);
            }
            return List.copyOf(all);
        }
        throw wrong(key, value, "a list of strings");
    }

    private <T> Optional<T> find(String key, Class<T> type, String expected) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, value, expected);
        }
        return Optional.of(type.cast(value));
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("argument '" + key + "' is missing");
    }

    private static IllegalArgumentException wrong(String key, @Nullable Object value, String expected) {
        return new IllegalArgumentException("argument '" + key + "' is " + value + ", expected " + expected);
    }
}
