package dev.drydock.controller.notify;

import java.util.Optional;

/** Which file goes with which message. */
@FunctionalInterface
public interface Attachments {
    Attachments NONE = about -> Optional.empty();

    /** @param about of the message */
    Optional<Attachment> of(String about);
}
