package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.expr.Expressions;
import dev.drydock.playbooks.expr.HostPredicate;
import dev.drydock.playbooks.expr.Interpolation;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.expr.ResultType;
import dev.drydock.playbooks.model.Param;
import dev.drydock.playbooks.parse.Problems;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Type-checks the expressions of one playbook and remembers which parameters they name. Not thread-safe. */
final class ExpressionChecker {
    private static final Pattern NAMED = Pattern.compile("\\bparams\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_]*)");

    private final Problems problems;
    private final Map<String, Param> params;
    private final boolean typed;
    private final Set<String> named = new HashSet<>();

    /** @param typed whether the parameters' declarations are right; where not, every use of them would be wrong too */
    ExpressionChecker(Problems problems, Map<String, Param> params, boolean typed) {
        this.problems = problems;
        this.params = params;
        this.typed = typed;
    }

    /** Names of parameters in the expressions seen so far. */
    Set<String> named() {
        return Set.copyOf(named);
    }

    /** An expression of its own, which must have a truth value. What is no text was reported by the parser. */
    void condition(Node node, String path) {
        if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
            return;
        }
        note(text);
        if (!typed) {
            return;
        }
        try {
            HostPredicate unused = Expressions.compile(text, params);
        } catch (InvalidExpressionException e) {
            ExpressionProblems.report(problems, scalar, path, e);
        }
    }

    /** @return what the text becomes; empty when it cannot be known */
    Optional<ResultType> argument(Node.Scalar scalar, String text, String path) {
        note(text);
        if (!typed) {
            return Optional.empty();
        }
        try {
            return Optional.of(Interpolation.check(text, params)).filter(type -> type != ResultType.ANY);
        } catch (InvalidExpressionException e) {
            ExpressionProblems.report(problems, scalar, path, e);
            return Optional.empty();
        }
    }

    private void note(String text) {
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
    }
}
