package dev.drydock.playbooks.expr;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CEL library's messages in words for people who do not know its internals. What is not known here stays as it is. */
final class Wording {
    private static final Pattern OPERATOR =
            Pattern.compile("found no matching overload for '_(.+)_' applied to '\\((.+), (.+)\\)'.*");
    private static final Pattern TOKEN = Pattern.compile("token recognition error at: '(.*)'");

    private Wording() {}

    static String of(String message) {
        Matcher operator = OPERATOR.matcher(message);
        if (operator.matches()) {
            return "'" + operator.group(1) + "' does not work on " + operator.group(2) + " and " + operator.group(3);
        }
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            String found = token.group(1).strip();
            return "unexpected '" + found + "'" + (found.startsWith("=") ? "; compare with ==" : "");
        }
        return message.replace(" (in container '')", "");
    }
}
