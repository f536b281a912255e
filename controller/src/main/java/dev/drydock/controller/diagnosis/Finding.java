package dev.drydock.controller.diagnosis;

import java.util.List;

/**
 * What was found.
 *
 * @param area one word
 * @param names of what it is about, sorted; empty: it is about one thing, which the text names
 * @param nextStep empty: nothing is to be done
 */
public record Finding(Level level, String area, String text, List<String> names, String nextStep) {
    public Finding {
        names = names.stream().sorted().toList();
    }

    /** How bad it is. */
    public enum Level {
        FINE,
        /** Not urgent, or not sure to be wrong. */
        ADVICE,
        /** Wrong now, or soon. */
        TROUBLE
    }

    public static Finding fine(String area, String text) {
        return new Finding(Level.FINE, area, text, List.of(), "");
    }

    public static Finding advice(String area, String text, String nextStep) {
        return new Finding(Level.ADVICE, area, text, List.of(), nextStep);
    }

    public static Finding trouble(String area, String text, String nextStep) {
        return new Finding(Level.TROUBLE, area, text, List.of(), nextStep);
    }

    public Finding of(List<String> others) {
        return new Finding(level, area, text, others, nextStep);
    }
}
