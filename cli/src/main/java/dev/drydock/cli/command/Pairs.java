package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code key=value} on the command line, and back. */
final class Pairs {
    private Pairs() {}

    /** In order of the keys; the same key twice is an error. */
    static Map<String, String> parse(String option, @Nullable List<String> texts) {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : Options.all(texts)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw CliException.usage(
                        option + " '" + text + "' is not KEY=VALUE.", "Write for example " + option + " role=web.");
            }
            if (pairs.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw CliException.usage(
                        option + " gives '" + text.substring(0, equals) + "' twice.", "Give each key once.");
            }
        }
        return pairs;
    }

    /** {@code env=prod role=web}. */
    static String text(Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(" "));
    }
}
