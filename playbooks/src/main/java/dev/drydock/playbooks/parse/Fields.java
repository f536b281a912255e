package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the keys of one mapping with types; what is wrong goes to {@link Problems}, and the reading goes on. */
public final class Fields {
    private final Node.Mapping mapping;
    private final String path;
    private final Problems problems;

    private Fields(Node.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** Reports when the node is no mapping; then it is read as an empty one, of which nothing more is said. */
    public static Fields of(Node node, String path, Problems problems) {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(mapping, path, problems);
        }
        problems.add(node.at(), path, "expected a mapping, found " + node.describe());
        return new Fields(new Node.Mapping(node.at(), java.util.Map.of()), path, new Problems(""));
    }

    public Node.Mapping mapping() {
        return mapping;
    }

    public Position at() {
        return mapping.at();
    }

    public String path(String key) {
        return Paths.key(path, key);
    }

    public void refuseUnknown(Set<String> known) {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.at(), path(key), "unknown key '" + key + "'", Nearest.to(key, known));
            }
        });
    }

    public Optional<Node> node(String key) {
        Optional<Node> node = mapping.get(key);
        if (node.isPresent() && node.get() instanceof Node.Scalar scalar && scalar.value() == null) {
            problems.add(scalar.at(), path(key), "has no value; give one or remove the key");
            return Optional.empty();
        }
        return node;
    }

    public Node required(String key) {
        return node(key).orElseGet(() -> {
            if (!mapping.entries().containsKey(key)) {
                problems.add(mapping.at(), path, "the key '" + key + "' is missing");
            }
            return new Node.Mapping(mapping.at(), java.util.Map.of());
        });
    }

    public Optional<String> text(String key) {
        return node(key).flatMap(node -> {
            Optional<String> text = asText(node);
            if (text.isEmpty()) {
                problems.add(node.at(), path(key), "expected text, found " + node.describe() + quoteHint(node));
            }
            return text;
        });
    }

    private static Optional<String> asText(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    public Optional<String> text(String key, Pattern pattern, String expected) {
        return text(key).filter(text -> {
            boolean matches = pattern.matcher(text).matches();
            if (!matches) {
                wrong(key, expected);
            }
            return matches;
        });
    }

    public String requiredText(String key, Pattern pattern, String expected) {
        if (!mapping.entries().containsKey(key)) {
            problems.add(mapping.at(), path, "the key '" + key + "' is missing: " + expected);
        }
        return text(key, pattern, expected).orElse("");
    }

    public Optional<Duration> duration(String key) {
        return node(key).flatMap(node -> {
            Optional<Duration> duration = asText(node).flatMap(Units::duration).filter(Duration::isPositive);
            if (duration.isEmpty()) {
                wrong(key, "a duration above zero such as 90s, 15m or 1h30m");
            }
            return duration;
        });
    }

    public <E extends Enum<E>> E choice(String key, E fallback) {
        List<String> names = Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                .map(Fields::name)
                .toList();
        return node(key)
                .flatMap(node -> {
                    String text = asText(node).orElse("");
                    if (names.contains(text)) {
                        return Optional.of(Enum.valueOf(fallback.getDeclaringClass(), text.toUpperCase(Locale.ROOT)));
                    }
                    wrong(key, "one of " + String.join(", ", names), Nearest.to(text, names));
                    return Optional.empty();
                })
                .orElse(fallback);
    }

    /** Absent is empty. */
    public List<Node> list(String key) {
        return node(key)
                .map(node -> {
                    if (node instanceof Node.Sequence sequence) {
                        return sequence.items();
                    }
                    problems.add(node.at(), path(key), "expected a list, found " + node.describe());
                    return List.<Node>of();
                })
                .orElse(List.of());
    }

    public void wrong(String key, String expected) {
        wrong(key, expected, Optional.empty());
    }

    private void wrong(String key, String expected, Optional<String> suggestion) {
        Node value = mapping.entries().get(key) instanceof Node.Entry entry ? entry.value() : mapping;
        problems.add(value.at(), path(key), "expected " + expected + ", found " + value.describe(), suggestion);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String quoteHint(Node node) {
        return node instanceof Node.Scalar ? "; quote it if it is text" : "";
    }

    static String names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Fields::name).collect(Collectors.joining(", "));
    }
}
