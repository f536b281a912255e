package dev.drydock.controller.security.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts on record what the parts of the controller tell, and knows which calls have not ended yet. Thread-safe. */
public final class AuditRecorder implements AuditTrail {
    private static final Logger log = LoggerFactory.getLogger(AuditRecorder.class);
    private static final Duration COUNTED_TOGETHER = Duration.ofMinutes(10);
    private static final int TOLD_APART = 1_000;

    private final AuditLog entries;
    private final Supplier<String> ids;
    private final RepeatedFailures failures;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** @param ids of calls, never given twice */
    public AuditRecorder(AuditLog entries, Supplier<String> ids, InstantSource clock) {
        this.entries = entries;
        this.ids = ids;
        this.failures = new RepeatedFailures(clock, COUNTED_TOGETHER, TOLD_APART);
    }

    /** To be told before any call is served: calls of before that have no end on record get none any more. */
    public void started(String version) {
        recordNow(AuditEvent.of(AuditEvent.STARTED).with("version", version));
    }

    @Override
    public CompletableFuture<Void> record(AuditEvent event) {
        return entries.append(event).thenApply(line -> null);
    }

    @Override
    public CompletableFuture<Void> failed(AuditEvent event) {
        return failures.failed(event).map(this::record).orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /**
     * A call that changes something begins. It must not be served before this has completed, nor when that fails.
     *
     * @param about who calls what, from where
     */
    public CompletableFuture<AuditedCall> begin(AuditEvent about) {
        AuditEvent begun = about.begun(ids.get());
        underWay.add(begun.call());
        return entries.append(begun).handle((line, failure) -> {
            if (failure != null) {
                underWay.remove(begun.call());
                throw new CompletionException(failure);
            }
            return new AuditedCall(outcome -> end(begun, outcome));
        });
    }

    private CompletableFuture<Void> end(AuditEvent begun, AuditOutcome outcome) {
        return entries.append(begun.ended(outcome)).handle((line, failure) -> {
            underWay.remove(begun.call());
            if (failure != null) {
                log.error(
                        "call {}, {} by {}, ended with {}, which is not in the audit log: {}",
                        begun.call(),
                        begun.method(),
                        begun.user(),
                        outcome.code(),
                        failure.getMessage());
                throw new CompletionException(failure);
            }
            return null;
        });
    }

    /** Whether this call has begun and its end is not on record yet. */
    public boolean isUnderWay(String call) {
        return underWay.contains(call);
    }

    /** Puts failures on record that were counted long enough; to be called now and then. */
    void recordCounted() {
        record(failures.due());
    }

    /** Puts all counted failures on record and waits for that. */
    void recordAllCounted() {
        record(failures.all()).join();
    }

    private CompletableFuture<Void> record(List<AuditEvent> counted) {
        return CompletableFuture.allOf(counted.stream().map(this::record).toArray(CompletableFuture[]::new))
                .exceptionally(failure -> {
                    log.warn("failed attempts that were counted are not in the audit log: {}", failure.getMessage());
                    return null;
                });
    }
}
