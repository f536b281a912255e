package dev.drydock.playbooks.document;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);

    /** The same line, so many code points further. */
    public Position right(int columns) {
        return new Position(line, column + columns);
    }
}
