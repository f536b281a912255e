package dev.drydock.cli;

/** Which of the three streams are a person's terminal, and how large it is now. */
public interface Terminal {
    /** Nobody looks on: a script calls. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean input() {
            return false;
        }

        @Override
        public boolean output() {
            return false;
        }

        @Override
        public boolean error() {
            return false;
        }

        @Override
        public Size size() {
            return new Size(80, 24);
        }
    };

    boolean input();

    boolean output();

    boolean error();

    /** Whether what is typed shows; where it cannot be told, it does. */
    default void echo(boolean on) {}

    /** Of the terminal; meaningful only where {@link #output} or {@link #error} is true. */
    Size size();

    /** In characters, both at least 1. */
    record Size(int columns, int rows) {}
}
