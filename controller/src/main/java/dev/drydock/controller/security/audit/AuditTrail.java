package dev.drydock.controller.security.audit;

import java.util.concurrent.CompletableFuture;

/** Where the parts of the controller tell what happened. Thread-safe. */
public interface AuditTrail {
    /**
     * Puts it on record, now. Whoever lets somebody in waits for it first ({@code join()}), and lets nobody in when it failed:
     *
     * <pre>{@code
     * trail.record(AuditEvent.of("login").by("olga").from("10.0.0.5").with("how", "password")).join();
     * }</pre>
     *
     * @return completes when it is on disk; exceptionally when it cannot be put there
     */
    CompletableFuture<Void> record(AuditEvent event);

    /**
     * As {@link #record}, for attempts that failed to say who they are: the first one of a kind, address and user is put on record
     * at once, those that follow are counted, and the count is put on record later. So nobody fills the disk by trying.
     */
    CompletableFuture<Void> failed(AuditEvent event);
}
