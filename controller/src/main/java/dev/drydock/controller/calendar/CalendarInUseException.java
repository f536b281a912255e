package dev.drydock.controller.calendar;

import java.util.List;

/** A calendar that windows or rollouts name cannot go: they would open in what it forbids. */
public final class CalendarInUseException extends RuntimeException {
    private static final int SHOWN = 5;

    CalendarInUseException(String name, List<String> users) {
        super("Calendar " + name + " is named by "
                + String.join(", ", users.stream().limit(SHOWN).toList())
                + (users.size() > SHOWN ? " and " + (users.size() - SHOWN) + " more" : "")
                + ". Delete those first, or put another calendar in its place: drydock calendar create " + name
                + " --replace.");
    }
}
