package dev.drydock.agent.host.apt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in dpkg's output which packages failed and why; apt's own last line says only that some did. Pure. */
final class DpkgErrors {
    private static final Pattern ERROR =
            Pattern.compile("(?m)^dpkg: error processing (?:package|archive) (\\S+) \\(--\\S+\\):\n\\s*(.*)$");

    private DpkgErrors() {}

    /** One line; empty when dpkg complained of no package. */
    static String of(String output) {
        List<String> errors = new ArrayList<>();
        for (Matcher m = ERROR.matcher(output); m.find(); ) {
            errors.add(m.group(1) + ": " + m.group(2).strip());
        }
        return String.join("; ", errors);
    }
}
