package dev.drydock.cli.output;

/** One field of a table. Control characters in it are made harmless. */
public record Cell(String text, Style style) {
    public Cell {
        text = Width.printable(text);
    }

    public static Cell of(String text) {
        return new Cell(text, Style.NONE);
    }

    public static Cell of(long number) {
        return of(Long.toString(number));
    }

    /** A dash where there is nothing to say. */
    public static Cell orDash(String text) {
        return text.isEmpty() ? new Cell("-", Style.DIM) : of(text);
    }
}
