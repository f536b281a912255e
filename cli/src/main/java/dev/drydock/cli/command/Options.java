package dev.drydock.cli.command;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.model.Units;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what options hold: picocli leaves null where none was given. */
final class Options {
    private Options() {}

    static List<String> all(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    static Duration duration(String option, String text) {
        return Units.duration(text)
                .orElseThrow(() -> CliException.usage(
                        option + " '" + text + "' is not a duration.", "Write for example 30s, 45m, 1h30m or 7d."));
    }
}
