package dev.drydock.controller.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What labels may look like: they are read in expressions, shown in tables and sent with each offer. */
public final class Labels {
    private static final int MAX_LABELS = 64;
    private static final int MAX_VALUE = 256;
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]{0,62}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Labels() {}

    /** All that is wrong, in the order of the keys; empty when nothing is. */
    public static List<String> problems(Map<String, String> labels) {
        List<String> problems = new ArrayList<>();
        if (labels.size() > MAX_LABELS) {
            problems.add(labels.size() + " labels are too many; expected at most " + MAX_LABELS);
        }
        new TreeMap<>(labels).forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                problems.add("label \"" + CONTROL.matcher(key).replaceAll("?")
                        + "\": expected a letter, then at most 62 letters, digits or any of _ . / -");
            }
            if (value.length() > MAX_VALUE || CONTROL.matcher(value).find()) {
                problems.add("label \"" + CONTROL.matcher(key).replaceAll("?") + "\": expected a value of at most "
                        + MAX_VALUE + " characters without control characters");
            }
        });
        return problems;
    }

    /** @throws IllegalArgumentException with all that is wrong, a line each */
    public static void require(Map<String, String> labels) {
        List<String> problems = problems(labels);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }
}
