package dev.drydock.cli.declare;

import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Puts into a tree what is not as it is when nothing is written. */
final class Trees {
    private Trees() {}

    static void put(Map<String, Object> tree, String key, String text) {
        if (!text.isEmpty()) {
            tree.put(key, text);
        }
    }

    static void put(Map<String, Object> tree, String key, Duration duration, Duration otherwise) {
        if (!duration.equals(otherwise)) {
            tree.put(key, Units.text(duration));
        }
    }

    static void put(Map<String, Object> tree, String key, List<?> values) {
        if (!values.isEmpty()) {
            tree.put(key, List.copyOf(values));
        }
    }

    static void put(Map<String, Object> tree, String key, Map<String, ?> values) {
        if (!values.isEmpty()) {
            tree.put(key, values);
        }
    }
}
