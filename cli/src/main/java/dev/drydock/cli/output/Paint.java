package dev.drydock.cli.output;

/** Puts colours on text, or does not. */
public enum Paint {
    PLAIN {
        @Override
        public String apply(Style style, String text) {
            return text;
        }
    },
    ANSI {
        @Override
        public String apply(Style style, String text) {
            return style == Style.NONE || text.isEmpty() ? text : "\u001b[" + style.code() + "m" + text + "\u001b[0m";
        }
    };

    public abstract String apply(Style style, String text);
}
