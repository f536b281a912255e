package dev.drydock.controller.playbook;

/** There is no such playbook, or no such version of it. The message says which there are. */
public final class UnknownPlaybookException extends RuntimeException {
    UnknownPlaybookException(String message) {
        super(message);
    }
}
