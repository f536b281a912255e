package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.expr.Interpolation;
import dev.drydock.playbooks.expr.ResultType;
import dev.drydock.playbooks.parse.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks values against their schema. A value that is not there was reported by the parser. Not thread-safe. */
final class ArgumentChecker {
    private final Problems problems;
    private final ExpressionChecker expressions;

    ArgumentChecker(Problems problems, ExpressionChecker expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    /** @param entry the action's key with its arguments; none at all are read as an empty mapping */
    void check(ActionSchema action, Node.Entry entry, String path) {
        boolean none = entry.value() instanceof Node.Scalar scalar && scalar.value() == null;
        check(action.arguments(), none ? new Node.Mapping(entry.at(), Map.of()) : entry.value(), path);
    }

    void check(Schema schema, Node node, String path) {
        Optional<Kind> kind = Kind.of(node);
        if (kind.isEmpty()) {
            return;
        }
        if (node instanceof Node.Scalar scalar
                && scalar.value() instanceof String text
                && Interpolation.isTemplate(text)) {
            expressions
                    .argument(scalar, text, path)
                    .filter(type -> !schema.accepts(kind(type)))
                    .ifPresent(type -> problems.add(
                            node.at(),
                            path,
                            "expected " + schema.expected() + ", found an expression for " + say(type)));
        } else if (schema.accepts(kind.get())) {
            content(schema, kind.get(), node, path);
        } else {
            wrong(schema, node, path);
            expressionsOnly(node, path);
        }
    }

    private void content(Schema schema, Kind kind, Node node, String path) {
        switch (schema) {
            case Schema.Either either -> either.branch(kind).ifPresent(branch -> content(branch, kind, node, path));
            case Schema.Keys keys -> keys(keys, (Node.Mapping) node, path);
            case Schema.Items items -> items(items, (Node.Sequence) node, path);
            case Schema.Flag flag -> {}
            case Schema.Number number -> {
                if (!(((Node.Scalar) node).value() instanceof java.lang.Number value)
                        || !number.holds(value.doubleValue())) {
                    wrong(schema, node, path);
                }
            }
            case Schema.Text text -> {
                if (!(((Node.Scalar) node).value() instanceof String value) || !text.holds(value)) {
                    wrong(text, node, path);
                }
            }
        }
    }

    private void items(Schema.Items items, Node.Sequence list, String path) {
        int count = list.items().size();
        if (count < items.fewest()) {
            problems.add(list.at(), path, "expected at least " + items.fewest() + " item, found an empty list");
        } else if (count > items.most()) {
            problems.add(list.at(), path, "the list has " + count + " items, at most " + items.most() + " are allowed");
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Node item = list.items().get(i);
            String at = Paths.item(path, i);
            check(items.item(), item, at);
            if (items.distinct() && !seen.add(item.plain())) {
                problems.add(item.at(), at, item.describe() + " is already in this list");
            }
        }
    }

    private void keys(Schema.Keys keys, Node.Mapping mapping, String path) {
        Set<String> known = keys.properties().keySet();
        mapping.entries().forEach((key, entry) -> {
            String at = Paths.key(path, key);
            Schema property = keys.properties().get(key);
            if (property != null) {
                check(property, entry.value(), at);
            } else if (keys.others().isPresent()) {
                freeKey(keys, key, entry, at);
                check(keys.others().get(), entry.value(), at);
            } else {
                problems.add(
                        entry.at(),
                        at,
                        "unknown argument '" + key + "', expected one of " + String.join(", ", new TreeSet<>(known)),
                        Nearest.to(key, known));
                expressionsOnly(entry.value(), at);
            }
        });
        for (String key : keys.required()) {
            if (!mapping.entries().containsKey(key)) {
                problems.add(
                        mapping.at(),
                        path,
                        "the argument '" + key + "' is missing: expected " + expected(keys.properties(), key));
            }
        }
        exactlyOne(keys.exactlyOne(), mapping, path);
    }

    private static String expected(Map<String, Schema> properties, String key) {
        Schema schema = properties.get(key);
        if (schema == null) {
            throw new IllegalStateException("the schema requires '" + key + "' and does not say what it is");
        }
        return schema.expected();
    }

    private void freeKey(Schema.Keys keys, String key, Node.Entry entry, String path) {
        keys.keyName()
                .filter(name -> !name.holds(key))
                .ifPresent(name ->
                        problems.add(entry.at(), path, "expected " + name.expected() + ", found '" + key + "'"));
    }

    private void exactlyOne(List<String> keys, Node.Mapping mapping, String path) {
        List<String> written =
                keys.stream().filter(mapping.entries()::containsKey).toList();
        if (keys.isEmpty() || written.size() == 1) {
            return;
        }
        Position at = written.isEmpty()
                ? mapping.at()
                : mapping.entries().get(written.getLast()) instanceof Node.Entry entry ? entry.at() : mapping.at();
        problems.add(
                at,
                path,
                "expected exactly one of " + String.join(", ", keys) + ", found "
                        + (written.isEmpty() ? "none" : String.join(" and ", written)));
    }

    private void wrong(Schema schema, Node node, String path) {
        Optional<String> suggestion = schema instanceof Schema.Text text
                        && node instanceof Node.Scalar scalar
                        && scalar.value() instanceof String value
                ? Nearest.to(value, text.choices())
                : Optional.empty();
        problems.add(
                node.at(),
                path,
                "expected " + schema.expected() + ", found " + node.describe() + hint(schema, node),
                suggestion);
    }

    private static String hint(Schema schema, Node node) {
        boolean unquoted =
                schema.accepts(Kind.TEXT) && node instanceof Node.Scalar scalar && !(scalar.value() instanceof String);
        return unquoted ? "; quote it if it is text" : "";
    }

    /** Expressions are checked also where no value was expected, so that all errors come at once. */
    private void expressionsOnly(Node node, String path) {
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> expressionsOnly(entry.value(), Paths.key(path, key)));
            case Node.Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    expressionsOnly(list.items().get(i), Paths.item(path, i));
                }
            }
            case Node.Scalar scalar -> {
                if (scalar.value() instanceof String text && Interpolation.isTemplate(text)) {
                    var unused = expressions.argument(scalar, text, path);
                }
            }
        }
    }

    private static Kind kind(ResultType type) {
        return switch (type) {
            case TEXT -> Kind.TEXT;
            case INTEGER -> Kind.INTEGER;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case TEXTS -> Kind.LIST;
            case ANY -> throw new IllegalArgumentException("any value has no kind");
        };
    }

    private static String say(ResultType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case BOOLEAN -> "a truth value";
            case TEXTS -> "a list of texts";
            case ANY -> "anything";
        };
    }
}
