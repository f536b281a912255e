package dev.drydock.controller.waiver;

import java.util.List;

/** A waiver that cannot be taken. The message has all its problems, a line each: the field, what it holds, what was expected. */
public final class InvalidWaiverException extends Exception {
    InvalidWaiverException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
