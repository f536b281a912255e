package dev.drydock.playbooks.document;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted scalar means: the core schema of YAML 1.2 without its traps. {@code yes}, {@code no}, {@code on} and
 * {@code off} are text; a number that another reader may take for an octal one is refused.
 */
final class PlainScalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private PlainScalars() {}

    static @Nullable Object value(Position at, String text) throws SyntaxException {
        switch (text) {
            case "", "~", "null", "Null", "NULL" -> {
                return null;
            }
            case "true", "True", "TRUE" -> {
                return true;
            }
            case "false", "False", "FALSE" -> {
                return false;
            }
            default -> {
                return INTEGER.matcher(text).matches() || NUMBER.matcher(text).matches() ? number(at, text) : text;
            }
        }
    }

    /** A Long when it is whole, also when written as {@code 1.0}: canonical JSON knows one kind of number. */
    static Number number(Position at, String text) throws SyntaxException {
        if (LEADING_ZERO.matcher(text).matches()) {
            throw new SyntaxException(
                    at, "the number " + text + " is ambiguous (octal or decimal?); quote it: \"" + text + "\"");
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value) || Math.abs(value) > Limits.MAX_INTEGER) {
            throw new SyntaxException(
                    at,
                    "the number " + text + " is too large, at most " + Limits.MAX_INTEGER + "; quote it if it is text");
        }
        if (value == Math.rint(value)) {
            return (long) value;
        }
        return value;
    }
}
