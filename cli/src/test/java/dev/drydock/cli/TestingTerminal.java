package dev.drydock.cli;

/** A terminal, or none, as a test says. */
record TestingTerminal(boolean input, boolean output, boolean error, Size size) implements Terminal {
    static final TestingTerminal NONE = new TestingTerminal(false, false, false, new Size(80, 24));

    static TestingTerminal of(int columns, int rows) {
        return new TestingTerminal(true, true, true, new Size(columns, rows));
    }
}
