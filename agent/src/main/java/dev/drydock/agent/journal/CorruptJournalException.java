package dev.drydock.agent.journal;

import java.nio.file.Path;

/**
 * A journal that cannot be believed: damaged before its end, or of another format. What happened on the host after the
 * last readable entry is unknown, so nothing may go on from it without a person's look.
 */
public final class CorruptJournalException extends Exception {
    private final transient Path file;

    public CorruptJournalException(Path file, String message) {
        super(message);
        this.file = file;
    }

    public Path file() {
        return file;
    }
}
