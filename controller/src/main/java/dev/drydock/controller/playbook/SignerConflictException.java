package dev.drydock.controller.playbook;

/** The name stands for another key, or the key is pinned under another name. */
public final class SignerConflictException extends RuntimeException {
    SignerConflictException(String message) {
        super(message);
    }
}
