package dev.drydock.agent.doctor;

/**
 * What was found.
 *
 * @param area one word
 * @param next what to do; empty: nothing
 */
public record Finding(Level level, String area, String text, String next) {
    /** How bad it is. */
    public enum Level {
        FINE,
        /** Not urgent, or not sure to be wrong. */
        ADVICE,
        /** Wrong now, or soon. */
        TROUBLE
    }

    static Finding fine(String area, String text) {
        return new Finding(Level.FINE, area, text, "");
    }

    static Finding advice(String area, String text, String next) {
        return new Finding(Level.ADVICE, area, text, next);
    }

    static Finding trouble(String area, String text, String next) {
        return new Finding(Level.TROUBLE, area, text, next);
    }
}
