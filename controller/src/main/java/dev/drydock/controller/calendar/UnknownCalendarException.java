package dev.drydock.controller.calendar;

/** There is no calendar of this name. */
public final class UnknownCalendarException extends RuntimeException {
    private final String name;

    UnknownCalendarException(String name) {
        super("There is no calendar '" + name + "'.");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
