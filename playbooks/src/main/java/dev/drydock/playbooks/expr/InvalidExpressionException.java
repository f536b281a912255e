package dev.drydock.playbooks.expr;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A CEL expression that does not compile, with all that is wrong with it. */
public final class InvalidExpressionException extends Exception {
    /** Of an expression, in what is said of it: answers have to fit where HTTP/2 puts them. */
    private static final int QUOTED = 200;

    private final transient List<Issue> issues;

    InvalidExpressionException(String expression, List<Issue> issues) {
        super(issues.stream()
                .map(issue -> issue.line() + ":" + issue.column() + ": " + issue.message()
                        + issue.suggestion()
                                .map(s -> "; did you mean " + s + "?")
                                .orElse(""))
                .collect(Collectors.joining("\n", "expression '" + quoted(expression) + "': ", "")));
        this.issues = List.copyOf(issues);
    }

    private static String quoted(String expression) {
        return expression.codePointCount(0, expression.length()) <= QUOTED
                ? expression
                : expression.substring(0, expression.offsetByCodePoints(0, QUOTED)) + "…";
    }

    /** Never empty. */
    public List<Issue> issues() {
        return issues;
    }

    /**
     * @param line in the expression, from 1
     * @param column in the expression, from 1
     */
    public record Issue(int line, int column, String message, Optional<String> suggestion) {}
}
