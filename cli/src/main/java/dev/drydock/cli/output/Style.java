package dev.drydock.cli.output;

/** How a piece of text looks where colours are on. Never the only bearer of a meaning. */
public enum Style {
    NONE(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    WARN("33"),
    BAD("31"),
    BUSY("36");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
