package dev.drydock.cli;

/** Which of the three streams are a person's terminal, and how large it is now. */
public interface Terminal {
    boolean input();

    boolean output();

    boolean error();

    /** Of the terminal; meaningful only where {@link #output} or {@link #error} is true. */
    Size size();

    /** In characters, both at least 1. */
    record Size(int columns, int rows) {}
}
