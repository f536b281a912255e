package dev.drydock.playbooks.expr;

import dev.drydock.playbooks.expr.InvalidExpressionException.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text cut into what stands for itself and what <code>${{ }}</code> encloses. <code>$${{</code> is a literal one. */
record Template(List<Part> parts) {
    private static final String OPEN = "${{";
    private static final String CLOSE = "}}";

    Template {
        parts = List.copyOf(parts);
    }

    /**
     * @param expression whether {@code text} is CEL
     * @param offset of {@code text} in the whole, in UTF-16 units
     */
    record Part(String text, boolean expression, int offset) {}

    static Template of(String text) throws InvalidExpressionException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$" + OPEN, at)) {
                literal.append(OPEN);
                at += OPEN.length() + 1;
            } else if (text.startsWith(OPEN, at)) {
                if (!literal.isEmpty()) {
                    parts.add(new Part(literal.toString(), false, 0));
                    literal.setLength(0);
                }
                int end = end(text, at + OPEN.length());
                parts.add(new Part(text.substring(at + OPEN.length(), end), true, at + OPEN.length()));
                at = end + CLOSE.length();
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (!literal.isEmpty() || parts.isEmpty()) {
            parts.add(new Part(literal.toString(), false, 0));
        }
        return new Template(parts);
    }

    boolean isLiteral() {
        return parts.stream().noneMatch(Part::expression);
    }

    /** Whether the whole text is one expression, so that its value keeps its type. */
    boolean isWhole() {
        return parts.size() == 1 && parts.getFirst().expression();
    }

    private static int end(String text, int from) throws InvalidExpressionException {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (text.startsWith(CLOSE, i)) {
                return i;
            }
        }
        throw new InvalidExpressionException(
                text,
                List.of(new Issue(
                        1,
                        text.codePointCount(0, from) + 1 - OPEN.length(),
                        "${{ is not closed by }}; write $${{ where it stands for itself",
                        Optional.empty())));
    }
}
