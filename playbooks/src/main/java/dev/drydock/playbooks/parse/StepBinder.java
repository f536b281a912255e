package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.document.Nearest;
import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads steps and checks: one action with its arguments, and the keys that every step may have. */
final class StepBinder {
    private static final Set<String> STEP =
            Set.of("name", "when", "verify", "timeout", "rollbackTimeout", "irreversible");
    private static final Set<String> CHECK = Set.of("name", "when", "timeout");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)+");
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,200}");
    private static final Pattern ACCEPTED = Pattern.compile("accepted");

    private final Problems problems;
    private final Vocabulary vocabulary;

    StepBinder(Problems problems, Vocabulary vocabulary) {
        this.problems = problems;
        this.vocabulary = vocabulary;
    }

    Optional<Step> step(Node node, String path) {
        return bind(node, path, STEP, false);
    }

    Optional<Step> check(Node node, String path) {
        return bind(node, path, CHECK, true);
    }

    private Optional<Step> bind(Node node, String path, Set<String> keys, boolean check) {
        String what = check ? "a check" : "a step";
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(
                    node.at(), path, "expected " + what + " (a mapping with one action), found " + node.describe());
            return Optional.empty();
        }
        Fields fields = Fields.of(mapping, path, problems);
        Optional<String> action = action(mapping, path, keys, check);
        Optional<String> name = fields.text("name", NAME, "one line of at most 200 characters");
        List<Step> verify = check ? List.of() : verify(fields);
        Optional<String> accepted = check
                ? Optional.empty()
                : fields.text("irreversible", ACCEPTED, "'accepted' (or no such key where there is a way back)");
        Step step = new Step(
                name.or(() -> action).orElse(""),
                action.orElse(""),
                action.map(key -> args(mapping.entries().get(key), Paths.key(path, key)))
                        .orElse(Args.NONE),
                fields.text("when"),
                verify,
                fields.duration("timeout"),
                check ? Optional.empty() : fields.duration("rollbackTimeout"),
                accepted.isPresent());
        return action.map(known -> step);
    }

    private List<Step> verify(Fields fields) {
        List<Step> verify = new ArrayList<>();
        List<Node> items = fields.list("verify");
        for (int i = 0; i < items.size(); i++) {
            check(items.get(i), Paths.item(fields.path("verify"), i)).ifPresent(verify::add);
        }
        return verify;
    }

    private Optional<String> action(Node.Mapping mapping, String path, Set<String> keys, boolean check) {
        Optional<String> action = Optional.empty();
        boolean strange = false;
        for (Map.Entry<String, Node.Entry> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (keys.contains(key)) {
                continue;
            }
            Optional<String> reason = refusal(key, check);
            if (reason.isPresent()) {
                strange = true;
                problems.add(entry.getValue().at(), path, reason.get(), suggestion(key, keys, check));
            } else if (action.isPresent()) {
                problems.add(
                        entry.getValue().at(),
                        path,
                        "exactly one action a step; it already has " + action.get() + ", so " + key + " needs its own");
            } else {
                action = Optional.of(key);
            }
        }
        if (action.isEmpty() && !strange) {
            problems.add(
                    mapping.at(),
                    path,
                    check
                            ? "has no check, for example service.active: [nginx]"
                            : "has no action, for example os.packages: {update: security}");
        }
        return action;
    }

    private Optional<String> refusal(String key, boolean check) {
        if (STEP.contains(key)) {
            return Optional.of("the key '" + key + "' is for steps; a check takes "
                    + String.join(", ", CHECK.stream().sorted().toList()));
        }
        if (!ACTION.matcher(key).matches()) {
            return Optional.of("unknown key '" + key + "'");
        }
        return vocabulary.refuse(key, check);
    }

    private Optional<String> suggestion(String key, Set<String> keys, boolean check) {
        if (STEP.contains(key) || vocabulary.actions().contains(key)) {
            return Optional.empty();
        }
        Set<String> valid = new HashSet<>(keys);
        vocabulary.actions().stream()
                .filter(action -> vocabulary.refuse(action, check).isEmpty())
                .forEach(valid::add);
        return Nearest.to(key, valid);
    }

    private Args args(Node.@org.jspecify.annotations.Nullable Entry entry, String path) {
        if (entry == null || entry.value() instanceof Node.Scalar scalar && scalar.value() == null) {
            return Args.NONE;
        }
        Node value = entry.value();
        refuseNulls(value, path);
        return value instanceof Node.Mapping mapping
                ? new Args(entries(mapping))
                : new Args(Map.of(Args.VALUE, value.plain()));
    }

    private static Map<String, Object> entries(Node.Mapping mapping) {
        Map<String, Object> values = new java.util.LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> values.put(key, entry.value().plain()));
        return values;
    }

    private void refuseNulls(Node node, String path) {
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> refuseNulls(entry.value(), Paths.key(path, key)));
            case Node.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    refuseNulls(sequence.items().get(i), Paths.item(path, i));
                }
            }
            case Node.Scalar scalar -> {
                if (scalar.value() == null) {
                    problems.add(scalar.at(), path, "has no value; give one or remove the key");
                }
            }
        }
    }
}
