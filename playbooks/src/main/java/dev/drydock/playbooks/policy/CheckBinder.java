package dev.drydock.playbooks.policy;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.lint.ExpressionProblems;
import dev.drydock.playbooks.parse.Fields;
import dev.drydock.playbooks.parse.Problems;
import dev.drydock.playbooks.policy.Check.Timed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the one check that a rule has. */
final class CheckBinder {
    private static final String NEVER = "none";
    private static final Map<String, Function<Duration, Timed>> TIMED = byKey(List.of(
            Check.SecurityUpdates::new,
            Check.RebootPending::new,
            Check.EndOfLife::new,
            Check.CertificateExpires::new,
            Check.LastBackup::new,
            Check.LastRestore::new,
            Check.WordPressBehind::new,
            Check.AgentSilent::new));
    private static final Set<String> CHECKS = checks();

    private final Problems problems;

    CheckBinder(Problems problems) {
        this.problems = problems;
    }

    private static Map<String, Function<Duration, Timed>> byKey(List<Function<Duration, Timed>> makers) {
        return makers.stream()
                .collect(Collectors.toUnmodifiableMap(
                        make -> make.apply(Duration.ZERO).key(), Function.identity()));
    }

    private static Set<String> checks() {
        Set<String> all = new TreeSet<>(TIMED.keySet());
        all.add(Check.Vulnerabilities.KEY);
        all.add(Check.Condition.KEY);
        return all;
    }

    /** The keys that a rule may have. */
    Set<String> known() {
        Set<String> known = new TreeSet<>(CHECKS);
        known.addAll(List.of("id", "title", "severity"));
        return known;
    }

    Optional<Check> bind(Fields rule, String path) {
        List<String> written =
                CHECKS.stream().filter(rule.mapping().entries()::containsKey).toList();
        if (written.size() != 1) {
            problems.add(
                    rule.at(),
                    path,
                    (written.isEmpty() ? "has no check" : "has more than one check: " + String.join(", ", written))
                            + "; expected one of " + String.join(", ", CHECKS));
            return Optional.empty();
        }
        String key = written.getFirst();
        return rule.node(key).flatMap(node -> switch (key) {
            case Check.Vulnerabilities.KEY -> vulnerabilities(node, rule.path(key));
            case Check.Condition.KEY -> condition(rule, node);
            default -> timed(key, node, rule.path(key));
        });
    }

    private Optional<Check> timed(String key, Node node, String path) {
        Function<Duration, Timed> make = TIMED.get(key);
        if (make == null) {
            throw new IllegalStateException(key);
        }
        String limit = make.apply(Duration.ZERO).limitKey();
        Fields fields = Fields.of(node, path, problems);
        if (!(node instanceof Node.Mapping)) {
            return Optional.empty();
        }
        fields.refuseUnknown(Set.of(limit));
        if (!fields.mapping().entries().containsKey(limit)) {
            problems.add(fields.at(), path, "the key '" + limit + "' is missing: a duration such as 7d");
        }
        return fields.duration(limit).map(make);
    }

    private Optional<Check> vulnerabilities(Node node, String path) {
        Fields fields = Fields.of(node, path, problems);
        fields.refuseUnknown(Check.Vulnerabilities.LEVELS.keySet());
        Map<String, Optional<Duration>> limits = new LinkedHashMap<>(Check.Vulnerabilities.LEVELS);
        for (String level : Check.Vulnerabilities.LEVELS.keySet()) {
            if (fields.mapping().get(level).orElse(null) instanceof Node.Scalar scalar
                    && NEVER.equals(scalar.value())) {
                limits.put(level, Optional.empty());
            } else {
                fields.duration(level).ifPresent(limit -> limits.put(level, Optional.of(limit)));
            }
        }
        return Optional.of(new Check.Vulnerabilities(limits));
    }

    private Optional<Check> condition(Fields rule, Node node) {
        return rule.text(Check.Condition.KEY).map(cel -> {
            try {
                var unused = Expressions.compileTimed(cel);
            } catch (InvalidExpressionException e) {
                ExpressionProblems.report(problems, node, rule.path(Check.Condition.KEY), e);
            }
            return new Check.Condition(cel);
        });
    }
}
