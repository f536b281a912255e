package dev.drydock.controller.window;

/** A calendar that cannot be taken: where and why. */
public final class InvalidCalendarException extends Exception {
    /** @param line of the file, from 1 */
    InvalidCalendarException(int line, String why) {
        super("line " + line + ": " + why);
    }

    public InvalidCalendarException(String why) {
        super(why);
    }
}
