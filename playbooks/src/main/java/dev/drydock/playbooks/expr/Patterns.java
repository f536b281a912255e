package dev.drydock.playbooks.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.drydock.playbooks.expr.InvalidExpressionException.Issue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bounds regular expressions before anything is made of them. RE2 takes no longer than a text is long, but it writes counted
 * repeats out, each times those around it, and the CEL library looks at the size only after that: a pattern of twenty characters
 * would take all memory.
 */
public final class Patterns {
    /** Characters times all counts: no less than what is written out. */
    private static final long LARGEST = 500_000;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private Patterns() {}

    /** What is wrong with the patterns of an expression that was checked; empty: nothing. */
    public static List<Issue> issues(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expr ->
                        expr.getKind() == Kind.CALL && expr.call().function().equals("matches"))
                .flatMap(expr -> refusal(expr.call().args()).map(why -> issue(ast, expr.id(), why)).stream())
                .toList();
    }

    private static Optional<String> refusal(List<CelExpr> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        CelExpr pattern = arguments.getLast();
        if (pattern.getKind() != Kind.CONSTANT || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.of("the pattern of matches is to be written out as a text, so that its size is known");
        }
        return isLarge(pattern.constant().stringValue())
                ? Optional.of(
                        "the pattern of matches is too large: its counts, as {1,100}, multiply; use fewer or smaller ones")
                : Optional.empty();
    }

    private static boolean isLarge(String pattern) {
        long size = pattern.length();
        for (Matcher counts = COUNT.matcher(pattern); counts.find() && size <= LARGEST; ) {
            size *= Math.max(1, most(counts));
        }
        return size > LARGEST;
    }

    private static long most(Matcher count) {
        long least = Long.parseLong(count.group(1));
        String most = count.group(2);
        if (most == null) {
            return least;
        }
        // Without a most: so many, and one that goes on.
        return most.isEmpty() ? least + 1 : Math.max(least, Long.parseLong(most));
    }

    private static Issue issue(CelAbstractSyntaxTree ast, long id, String why) {
        int offset = ast.getSource().getPositionsMap().getOrDefault(id, 0);
        var location = ast.getSource().getOffsetLocation(offset);
        return new Issue(
                location.map(l -> l.getLine()).orElse(1),
                location.map(l -> l.getColumn()).orElse(0) + 1,
                why,
                Optional.empty());
    }
}
