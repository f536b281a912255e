package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.model.ParamTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads declarations of parameters; defaults and allowed values must be of the declared type. */
final class ParamBinder {
    private static final Set<String> KEYS = Set.of("type", "default", "description", "allowed");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");
    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{0,2000}");

    private final Problems problems;

    ParamBinder(Problems problems) {
        this.problems = problems;
    }

    Optional<Param> bind(String name, Node.Entry entry, String path) {
        if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
            problems.add(
                    entry.at(),
                    path,
                    "'" + name
                            + "' is no name for a parameter; expected a lower-case letter, then letters, digits or _, and no word reserved by CEL");
        }
        Fields fields = Fields.of(entry.value(), path, problems);
        if (!(entry.value() instanceof Node.Mapping)) {
            return Optional.empty();
        }
        fields.refuseUnknown(KEYS);
        if (!fields.mapping().entries().containsKey("type")) {
            problems.add(fields.at(), path, "the key 'type' is missing: one of " + Fields.names(Param.Type.values()));
        }
        int before = problems.list().size();
        Param.Type type = fields.choice("type", Param.Type.STRING);
        boolean typed = problems.list().size() == before;
        List<String> allowed = new ArrayList<>();
        List<Node> items = fields.list("allowed");
        for (int i = 0; i < items.size(); i++) {
            value(items.get(i), type, Paths.item(fields.path("allowed"), i), typed)
                    .ifPresent(allowed::add);
        }
        Optional<String> fallback =
                fields.node("default").flatMap(node -> value(node, type, fields.path("default"), typed));
        if (fallback.isPresent() && !allowed.isEmpty() && !allowed.contains(fallback.get())) {
            fields.wrong("default", "one of the allowed values " + String.join(", ", allowed));
        }
        return Optional.of(new Param(
                name,
                type,
                fallback,
                fields.text("description", DESCRIPTION, "at most 2000 characters")
                        .filter(text -> !text.isEmpty()),
                allowed));
    }

    /** As text. A number is not taken for text: {@code 1.10} would silently become {@code 1.1}. */
    private Optional<String> value(Node node, Param.Type type, String path, boolean typed) {
        Optional<String> text = Optional.empty();
        if (node instanceof Node.Scalar scalar) {
            text = Optional.ofNullable(scalar.value())
                    .filter(value -> fits(value, type))
                    .map(Object::toString);
        }
        if (!typed) {
            return text;
        }
        Optional<String> right =
                text.filter(value -> ParamTypes.value(type, value).isPresent());
        if (right.isEmpty()) {
            problems.add(
                    node.at(),
                    path,
                    "expected " + ParamTypes.expected(type) + ", found " + node.describe()
                            + (text.isEmpty() ? Fields.quoteHint(node) : ""));
        }
        return right;
    }

    private static boolean fits(Object value, Param.Type type) {
        return value instanceof String
                || value instanceof Long && type == Param.Type.INTEGER
                || value instanceof Boolean && type == Param.Type.BOOLEAN;
    }
}
