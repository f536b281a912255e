package dev.drydock.controller.api;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditHead;
import dev.drydock.controller.security.audit.AuditLine;
import dev.drydock.controller.security.audit.AuditLog;
import dev.drydock.controller.security.audit.AuditQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Entries that the test lets through, or not, one by one. */
final class HeldAuditLog implements AuditLog {
    private final AuditLog log;
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();

    HeldAuditLog(AuditLog log) {
        this.log = log;
    }

    /** The next entry that somebody wants to add; waits for it. */
    Held next() throws InterruptedException {
        return held.take();
    }

    @Override
    public CompletableFuture<AuditLine> append(AuditEvent event) {
        Held one = new Held(event, new CompletableFuture<>());
        held.add(one);
        return one.added;
    }

    @Override
    public AuditHead head() {
        return log.head();
    }

    @Override
    public List<AuditLine> between(long after, long last, int most) {
        return log.between(after, last, most);
    }

    @Override
    public List<AuditLine> list(AuditQuery query, int most) {
        return log.list(query, most);
    }

    @Override
    public Map<String, AuditLine> ends(Collection<String> calls) {
        return log.ends(calls);
    }

    final class Held {
        private final AuditEvent event;
        private final CompletableFuture<AuditLine> added;

        private Held(AuditEvent event, CompletableFuture<AuditLine> added) {
            this.event = event;
            this.added = added;
        }

        AuditEvent event() {
            return event;
        }

        void letThrough() {
            added.complete(log.append(event).join());
        }

        void fail(RuntimeException why) {
            added.completeExceptionally(why);
        }
    }
}
