package dev.drydock.cli.declare;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One document on its way to what it means.
 *
 * @param variables of the environment
 */
record Reading(Source source, Node.Mapping root, Problems problems, Function<String, Optional<String>> variables) {
    private static final Pattern VERSION = Pattern.compile("drydock/v1");
    private static final Pattern ANY = Pattern.compile("(?s).*");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    /** The document's name and its spec. */
    record Head(String name, Position at, Fields spec) {}

    Head head(Set<String> known) {
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(Set.of("apiVersion", "kind", "metadata", "spec"));
        String unused = top.requiredText("apiVersion", VERSION, "'drydock/v1'");
        Fields metadata = section(top, "metadata", Set.of("name"));
        String name =
                metadata.requiredText("name", NAME, "up to 63 of a-z, 0-9, '.', '_' and '-', a letter or digit first");
        Position at = metadata.node("name").map(Node::at).orElse(root.at());
        return new Head(name, at, section(top, "spec", known));
    }

    /** Of one that is missing nothing more is said than that. */
    Fields section(Fields in, String key, Set<String> known) {
        if (in.node(key).isEmpty()) {
            Node unused = in.required(key);
            return Fields.of(new Node.Mapping(in.at(), Map.of()), in.path(key), new Problems(""));
        }
        Fields fields = Fields.of(in.required(key), in.path(key), problems);
        fields.refuseUnknown(known);
        return fields;
    }

    static String required(Fields in, String key, String expected) {
        return in.requiredText(key, ANY, expected).strip();
    }

    static String text(Fields in, String key) {
        return in.text(key).orElse("").strip();
    }

    static Duration duration(Fields in, String key, Duration otherwise) {
        return in.node(key)
                .map(node -> {
                    Optional<Duration> duration =
                            Units.duration(node instanceof Node.Scalar scalar ? String.valueOf(scalar.value()) : "");
                    if (duration.isEmpty()) {
                        in.wrong(key, "a duration such as 90s, 15m or 1h30m");
                    }
                    return duration.orElse(otherwise);
                })
                .orElse(otherwise);
    }

    static boolean flag(Fields in, String key) {
        return in.node(key)
                .map(node -> {
                    if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean flag) {
                        return flag;
                    }
                    in.wrong(key, "true or false");
                    return false;
                })
                .orElse(false);
    }

    /** Texts and whole numbers, as text, each with its place. */
    List<Item> items(Fields in, String key, String expected) {
        List<Item> items = new ArrayList<>();
        List<Node> nodes = in.list(key);
        for (int i = 0; i < nodes.size(); i++) {
            String path = in.path(key) + "[" + i + "]";
            Node node = nodes.get(i);
            Optional<String> text = scalar(node);
            if (text.isEmpty()) {
                problems.add(node.at(), path, "expected " + expected + ", found " + node.describe());
            }
            text.ifPresent(value -> items.add(new Item(value, path, node.at())));
        }
        return items;
    }

    /** One of a list. */
    record Item(String value, String path, Position at) {}

    /** A text or a whole number, as text. */
    static Optional<String> scalar(Node node) {
        return node instanceof Node.Scalar scalar
                        && (scalar.value() instanceof String || scalar.value() instanceof Long)
                ? Optional.of(String.valueOf(scalar.value()))
                : Optional.empty();
    }

    /** A count or a share, as text. */
    static String quantity(Fields in, String key) {
        return in.node(key)
                .flatMap(node -> {
                    Optional<String> text = scalar(node);
                    if (text.isEmpty()) {
                        in.wrong(key, "a count such as 4 or a share such as 25%");
                    }
                    return text;
                })
                .orElse("");
    }
}
