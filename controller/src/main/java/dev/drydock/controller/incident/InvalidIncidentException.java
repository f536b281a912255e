package dev.drydock.controller.incident;

import java.util.List;

/** An incident that cannot be opened so. The message has all that is wrong, a line each: the field, what it holds, what was expected. */
public final class InvalidIncidentException extends Exception {
    InvalidIncidentException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
