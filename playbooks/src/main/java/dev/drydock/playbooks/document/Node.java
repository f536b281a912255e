package dev.drydock.playbooks.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document read from YAML or JSON, each node with its place in the file. Immutable, keys in file order. */
public sealed interface Node {
    Position at();

    /** What people call this kind of value, for messages: {@code a list}, {@code 'on'}. */
    String describe();

    /** The value as maps, lists, strings, longs, doubles and booleans; a null is not among them. */
    default Object plain() {
        return switch (this) {
            case Mapping mapping -> {
                Map<String, Object> values = new LinkedHashMap<>();
                mapping.entries()
                        .forEach((key, entry) -> values.put(key, entry.value().plain()));
                yield values;
            }
            case Sequence sequence -> {
                List<Object> values = new ArrayList<>();
                sequence.items().forEach(item -> values.add(item.plain()));
                yield values;
            }
            case Scalar scalar -> scalar.value() == null ? "" : scalar.value();
        };
    }

    /** Keys are unique texts. */
    record Mapping(Position at, Map<String, Entry> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /**
     * One key of a mapping with its value.
     *
     * @param at where the key stands
     */
    record Entry(Position at, Node value) {}

    /** A list. */
    record Sequence(Position at, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param value String, Long, Double, Boolean or null
     * @param text where the value's own first character stands when the file has the value literally and on one line;
     *     empty otherwise
     */
    record Scalar(Position at, @Nullable Object value, Optional<Position> text) implements Node {
        private static final int SHOWN = 60;

        @Override
        public String describe() {
            if (value == null) {
                return "nothing";
            }
            if (value instanceof String string) {
                return "'" + (string.length() > SHOWN ? string.substring(0, SHOWN) + "…" : string) + "'";
            }
            return (value instanceof Boolean ? "the truth value " : "the number ") + value;
        }
    }
}
