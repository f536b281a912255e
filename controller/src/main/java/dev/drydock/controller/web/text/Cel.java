package dev.drydock.controller.web.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Expressions made of what people type into a search box. */
public final class Cel {
    private Cel() {}

    /** A string of CEL: whatever it holds, it is nothing but a string. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (point < ' ' || point == 0x7f) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", point));
                    } else {
                        quoted.appendCodePoint(point);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** Hosts of which a name, a label's value or the system's name has all these words in it. */
    public static String search(String words) {
        return all(Arrays.stream(words.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Cel::quote)
                .map(word -> "(host.name.contains(" + word + ") || host.os.pretty_name.contains(" + word
                        + ") || host.labels.exists(k, host.labels[k].contains(" + word + ")))")
                .toList());
    }

    /** What holds where all of these hold; empty ones ask for nothing. */
    public static String all(List<String> conditions) {
        return conditions.stream()
                .filter(condition -> !condition.isBlank())
                .map(condition -> "(" + condition + ")")
                .collect(Collectors.joining(" && "));
    }
}
