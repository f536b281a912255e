package dev.drydock.controller.backup;

import org.jspecify.annotations.Nullable;

/** A backup could not be made or put back. The message says what, where, why and what to do. */
public final class BackupException extends Exception {
    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
