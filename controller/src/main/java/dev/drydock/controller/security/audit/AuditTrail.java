package dev.drydock.controller.security.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Where the parts of the controller tell what happened. Thread-safe. */
public interface AuditTrail {
    /**
     * Puts it on record.
     *
     * @return completes when it is on disk, on a thread that must not be held up; exceptionally when it cannot be put there
     */
    CompletableFuture<Void> record(AuditEvent event);

    /**
     * Puts it on record and waits until it is on disk. Whoever lets somebody in calls this first, and lets nobody in when it throws:
     *
     * <pre>{@code
     * trail.recordNow(AuditEvent.of("login").by("olga").from("192.0.2.5").with("how", "password"));
     * }</pre>
     *
     * Not to be called in a stage of a write's future. Throws what kept it from being written.
     */
    default void recordNow(AuditEvent event) {
        try {
            record(event).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * As {@link #record}, for attempts that failed to say who they are: the first one of a kind, address and user is put on record
     * at once, those that follow are counted, and the count is put on record later. So nobody fills the disk by trying.
     */
    CompletableFuture<Void> failed(AuditEvent event);
}
