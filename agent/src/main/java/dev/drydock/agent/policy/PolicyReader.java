package dev.drydock.agent.policy;

import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Units;
import dev.drydock.playbooks.parse.Problems;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a document into a policy. Whatever it does not know is a problem, never ignored. */
final class PolicyReader {
    private static final Set<String> TOP = Set.of("allow", "actions", "signers", "windows", "maxRunDuration");
    private static final Set<String> ACTIONS = Set.of("allow", "deny");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)*\\.([a-z][a-z0-9]*|\\*)");
    private static final Pattern KEY_ID = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern WINDOW = Pattern.compile("\\P{Cntrl}{1,200}");

    private final Problems problems;

    PolicyReader(Problems problems) {
        this.problems = problems;
    }

    /** Right only if there are no problems afterwards. */
    HostPolicy read(Node root) {
        Map<String, Node.Entry> top = mapping(root, "", TOP);
        if (root instanceof Node.Mapping && top.isEmpty()) {
            problems.add(root.at(), "", "the policy says nothing; remove the file where everything is allowed");
        }
        Map<String, Node.Entry> actions = value(top, "actions")
                .map(node -> mapping(node, "actions", ACTIONS))
                .orElse(Map.of());
        String action = "the name of an action or check such as os.packages, or os.*";
        return new HostPolicy(
                nothing(top),
                texts(actions, "allow", "actions", ACTION, action),
                texts(actions, "deny", "actions", ACTION, action).orElse(Set.of()),
                texts(top, "signers", "", KEY_ID, "a key id, SHA256: and 43 characters, as drydock key list prints it"),
                texts(top, "windows", "", WINDOW, "the name of a window"),
                duration(top));
    }

    private Map<String, Node.Entry> mapping(Node node, String path, Set<String> known) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node.at(), path, "expected a mapping, found " + node.describe());
            return Map.of();
        }
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(entry.at(), Paths.key(path, key), "unknown key '" + key + "'", Nearest.to(key, known));
            }
        });
        return mapping.entries();
    }

    private static Optional<Node> value(Map<String, Node.Entry> entries, String key) {
        return Optional.ofNullable(entries.get(key)).map(Node.Entry::value);
    }

    private boolean nothing(Map<String, Node.Entry> top) {
        Optional<Node> allow = value(top, "allow");
        allow.filter(node -> !"none".equals(node.plain()))
                .ifPresent(node -> problems.add(
                        node.at(),
                        "allow",
                        "expected none (no runs at all), found " + node.describe()
                                + "; remove the key where runs are allowed"));
        return allow.isPresent();
    }

    private Optional<Set<String>> texts(
            Map<String, Node.Entry> entries, String key, String parent, Pattern pattern, String expected) {
        String path = Paths.key(parent, key);
        return value(entries, key).map(node -> {
            Set<String> texts = new LinkedHashSet<>();
            List<Node> items = node instanceof Node.Sequence list ? list.items() : List.of();
            if (!(node instanceof Node.Sequence)) {
                problems.add(node.at(), path, "expected a list, found " + node.describe());
            }
            for (int i = 0; i < items.size(); i++) {
                Node item = items.get(i);
                if (item instanceof Node.Scalar scalar
                        && scalar.value() instanceof String text
                        && pattern.matcher(text).matches()) {
                    texts.add(text);
                } else {
                    problems.add(item.at(), Paths.item(path, i), "expected " + expected + ", found " + item.describe());
                }
            }
            return texts;
        });
    }

    private Optional<Duration> duration(Map<String, Node.Entry> top) {
        return value(top, "maxRunDuration").flatMap(node -> {
            Optional<Duration> duration = node instanceof Node.Scalar scalar && scalar.value() instanceof String text
                    ? Units.duration(text).filter(Duration::isPositive)
                    : Optional.empty();
            if (duration.isEmpty()) {
                problems.add(
                        node.at(),
                        "maxRunDuration",
                        "expected a duration above zero such as 90m or 2h, found " + node.describe());
            }
            return duration;
        });
    }
}
