package dev.drydock.controller.security.audit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A call whose beginning is on record. Thread-safe. */
public final class AuditedCall {
    private final Function<AuditOutcome, CompletableFuture<Void>> record;
    private final AtomicReference<CompletableFuture<Void>> end = new AtomicReference<>();

    AuditedCall(Function<AuditOutcome, CompletableFuture<Void>> record) {
        this.record = record;
    }

    /**
     * It has ended; only the first word counts.
     *
     * @return completes when that is on disk, on a thread that must not be held up; exceptionally when it cannot be put there
     */
    public CompletableFuture<Void> end(AuditOutcome outcome) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = end.compareAndExchange(null, mine);
        if (first != null) {
            return first;
        }
        record.apply(outcome).whenComplete((done, failure) -> {
            if (failure == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }
}
