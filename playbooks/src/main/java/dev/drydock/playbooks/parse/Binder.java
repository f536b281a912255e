package dev.drydock.playbooks.parse;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.model.Playbook;
import dev.drydock.playbooks.model.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a document into a playbook. Whatever it does not know is a problem, never ignored. */
public final class Binder {
    public static final String API_VERSION = "drydock/v1";
    public static final String KIND = "Playbook";

    private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final Set<String> METADATA = Set.of("name", "description", "maintenance");
    private static final Set<String> SPEC =
            Set.of("params", "hosts", "preflight", "steps", "verify", "onFailure", "onWindowEnd");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{0,2000}");

    private final Problems problems;
    private final StepBinder steps;
    private final ParamBinder params;

    public Binder(Problems problems, Vocabulary vocabulary) {
        this.problems = problems;
        this.steps = new StepBinder(problems, vocabulary);
        this.params = new ParamBinder(problems);
    }

    /** Whole and right only if there are no problems afterwards. */
    public Playbook bind(Node root) {
        if (root instanceof Node.Scalar scalar && scalar.value() == null) {
            problems.add(root.at(), "", "the file is empty; a playbook begins with apiVersion: " + API_VERSION);
            root = new Node.Mapping(root.at(), Map.of());
            return playbook(root, new Problems(""));
        }
        return playbook(root, problems);
    }

    private Playbook playbook(Node root, Problems report) {
        Fields top = Fields.of(root, "", report);
        top.refuseUnknown(TOP);
        constant(top, "apiVersion", API_VERSION);
        constant(top, "kind", KIND);
        Fields metadata = Fields.of(top.required("metadata"), "metadata", report);
        metadata.refuseUnknown(METADATA);
        Fields spec = Fields.of(top.required("spec"), "spec", report);
        spec.refuseUnknown(SPEC);
        boolean hasMetadata = top.mapping().get("metadata").isPresent();
        return new Playbook(
                hasMetadata
                        ? metadata.requiredText(
                                "name", NAME, "a name of lower-case letters, digits and dashes, at most 63")
                        : "",
                metadata.text("description", DESCRIPTION, "at most 2000 characters")
                        .orElse(""),
                metadata.choice("maintenance", Playbook.Maintenance.PREVENTIVE),
                declared(spec),
                spec.text("hosts"),
                bound(spec, "preflight", true),
                requiredSteps(top, spec),
                bound(spec, "verify", true),
                spec.choice("onFailure", Playbook.OnFailure.ROLLBACK),
                spec.choice("onWindowEnd", Playbook.OnWindowEnd.ROLLBACK));
    }

    private static void constant(Fields top, String key, String value) {
        top.requiredText(key, Pattern.compile(Pattern.quote(value)), "'" + value + "'");
    }

    private Map<String, Param> declared(Fields spec) {
        Map<String, Param> declared = new LinkedHashMap<>();
        spec.node("params").ifPresent(node -> {
            Fields names = Fields.of(node, spec.path("params"), problems);
            names.mapping().entries().forEach((name, entry) -> params.bind(name, entry, names.path(name))
                    .ifPresent(param -> declared.put(name, param)));
        });
        return declared;
    }

    private List<Step> requiredSteps(Fields top, Fields spec) {
        List<Step> bound = bound(spec, "steps", false);
        boolean specIsMapping =
                top.mapping().get("spec").filter(Node.Mapping.class::isInstance).isPresent();
        Optional<Node> written = spec.mapping().get("steps");
        if (specIsMapping && written.isEmpty()) {
            problems.add(spec.at(), "spec", "the key 'steps' is missing: a playbook has at least one step");
        } else if (written.isPresent()
                && written.get() instanceof Node.Sequence list
                && list.items().isEmpty()) {
            problems.add(list.at(), "spec.steps", "a playbook has at least one step");
        }
        return bound;
    }

    private List<Step> bound(Fields spec, String key, boolean checks) {
        List<Node> items = spec.list(key);
        List<Step> bound = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String path = Paths.item(spec.path(key), i);
            Optional<Step> step = checks ? steps.check(items.get(i), path) : steps.step(items.get(i), path);
            step.ifPresent(bound::add);
            if (!checks) {
                refuseSameName(items.get(i), path, names);
            }
        }
        return bound;
    }

    /** Two steps of one name cannot be told apart in a report. An action's own name, which stands for a name left out, does not count. */
    private void refuseSameName(Node item, String path, Set<String> names) {
        if (item instanceof Node.Mapping mapping
                && mapping.get("name").orElse(null) instanceof Node.Scalar name
                && name.value() instanceof String text
                && !mapping.entries().containsKey(text)
                && !names.add(text)) {
            problems.add(name.at(), Paths.key(path, "name"), "another step is already named '" + text + "'");
        }
    }
}
