package dev.drydock.playbooks.lint;

import dev.drydock.playbooks.document.Node;
import dev.drydock.playbooks.document.Position;
import dev.drydock.playbooks.expr.InvalidExpressionException;
import dev.drydock.playbooks.parse.Problems;
import java.util.Optional;

/** What is wrong with an expression, told with its place in the file. */
public final class ExpressionProblems {
    private ExpressionProblems() {}

    /** @param node that holds the expression */
    public static void report(Problems problems, Node node, String path, InvalidExpressionException e) {
        Optional<Position> literal = node instanceof Node.Scalar scalar ? scalar.text() : Optional.empty();
        for (InvalidExpressionException.Issue issue : e.issues()) {
            Optional<Position> text = literal.filter(at -> issue.line() == 1);
            String place =
                    text.isPresent() ? "" : " (line " + issue.line() + ", column " + issue.column() + " of the text)";
            problems.add(
                    text.map(at -> at.right(issue.column() - 1)).orElse(node.at()),
                    path,
                    "expression: " + issue.message() + place,
                    issue.suggestion());
        }
    }
}
