package dev.drydock.controller.security.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where entries are kept: one chain, to which is only ever added. Thread-safe. */
public interface AuditLog {
    /**
     * Adds an entry at the end.
     *
     * @return completes when it is on disk, on a thread that must not be held up; exceptionally when nothing was added
     */
    CompletableFuture<AuditLine> append(AuditEvent event);

    AuditHead head();

    /** Oldest first: those behind {@code after} up to {@code last}, at most so many. */
    List<AuditLine> between(long after, long last, int most);

    /** Newest first. */
    List<AuditLine> list(AuditQuery query, int most);

    /** The ends of these calls, by call, where they are on record. */
    Map<String, AuditLine> ends(Collection<String> calls);
}
