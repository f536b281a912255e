package dev.drydock.playbooks.policy;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Paths;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.lint.ExpressionProblems;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a document into a policy. Whatever it does not know is a problem, never ignored. */
final class PolicyBinder {
    static final String API_VERSION = "drydock/v1";
    static final String KIND = "Policy";

    private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");
    private static final Set<String> METADATA = Set.of("name", "description");
    private static final Set<String> SPEC = Set.of("hosts", "rules");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern TEXT = Pattern.compile("(?s).{0,2000}");
    private static final int MOST_RULES = 200;

    private final Problems problems;
    private final CheckBinder checks;

    PolicyBinder(Problems problems) {
        this.problems = problems;
        this.checks = new CheckBinder(problems);
    }

    /** Whole and right only if there are no problems afterwards. */
    Policy bind(Node root) {
        if (root instanceof Node.Scalar scalar && scalar.value() == null) {
            problems.add(root.at(), "", "the file is empty; a policy begins with apiVersion: " + API_VERSION);
            return new Policy("", "", Optional.empty(), List.of());
        }
        Fields top = Fields.of(root, "", problems);
        top.refuseUnknown(TOP);
        top.requiredText("apiVersion", Pattern.compile(API_VERSION), "'" + API_VERSION + "'");
        top.requiredText("kind", Pattern.compile(KIND), "'" + KIND + "'");
        Fields metadata = Fields.of(top.required("metadata"), "metadata", problems);
        metadata.refuseUnknown(METADATA);
        Fields spec = Fields.of(top.required("spec"), "spec", problems);
        spec.refuseUnknown(SPEC);
        String name = top.mapping().get("metadata").isEmpty()
                ? ""
                : metadata.requiredText("name", NAME, "a name of lower-case letters, digits and dashes, at most 63");
        Optional<String> hosts = spec.text("hosts");
        hosts.ifPresent(cel -> selector(spec, cel));
        return new Policy(
                name,
                metadata.text("description", TEXT, "at most 2000 characters").orElse(""),
                hosts,
                top.mapping().get("spec").isEmpty() ? List.of() : rules(spec));
    }

    private void selector(Fields spec, String cel) {
        try {
            var unused = Expressions.compile(cel);
        } catch (InvalidExpressionException e) {
            spec.node("hosts").ifPresent(node -> ExpressionProblems.report(problems, node, spec.path("hosts"), e));
        }
    }

    private List<Policy.Rule> rules(Fields spec) {
        List<Node> written = spec.list("rules");
        if (written.isEmpty() && !problems.has(spec.path("rules"))) {
            problems.add(spec.at(), spec.path("rules"), "a policy has at least one rule");
        }
        if (written.size() > MOST_RULES) {
            problems.add(spec.at(), spec.path("rules"), written.size() + " rules; expected at most " + MOST_RULES);
        }
        List<Policy.Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < written.size(); i++) {
            rule(written.get(i), Paths.item(spec.path("rules"), i), ids).ifPresent(rules::add);
        }
        return rules;
    }

    private Optional<Policy.Rule> rule(Node node, String path, Set<String> ids) {
        Fields rule = Fields.of(node, path, problems);
        if (!(node instanceof Node.Mapping)) {
            return Optional.empty();
        }
        rule.refuseUnknown(checks.known());
        String id = rule.requiredText("id", NAME, "lower-case letters, digits and dashes, at most 63");
        if (!id.isEmpty() && !ids.add(id)) {
            problems.add(rule.at(), rule.path("id"), "another rule has the id '" + id + "'");
        }
        Optional<String> title = rule.text("title", TEXT, "at most 2000 characters");
        Policy.Severity severity = rule.choice("severity", Policy.Severity.MEDIUM);
        return checks.bind(rule, path).map(check -> new Policy.Rule(id, title.orElse(id), severity, check));
    }
}
