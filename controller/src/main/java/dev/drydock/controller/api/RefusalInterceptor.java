package dev.drydock.controller.api;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditOutcome;
import dev.drydock.controller.security.audit.AuditRecorder;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on record who was not let in: whoever did not say, or prove, who it is, and those who wanted to change what their role does
 * not allow. Stands around what lets in; {@link AuditInterceptor} stands behind it and has the calls that were let in.
 */
final class RefusalInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(RefusalInterceptor.class);

    private final AuditRecorder audit;

    RefusalInterceptor(AuditRecorder audit) {
        this.audit = audit;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Attempt attempt = new Attempt();
        return Contexts.interceptCall(
                Context.current().withValue(Attempt.KEY, attempt),
                new Watched<>(call, attempt, CallAddress.of(call)),
                headers,
                next);
    }

    /** They are refused whether this can be put on record or not. */
    private CompletableFuture<Void> refused(ServerCall<?, ?> call, Attempt attempt, String address, Status status) {
        String said = status.getDescription();
        String method = call.getMethodDescriptor().getFullMethodName();
        AuditEvent event = AuditEvent.of(AuditEvent.REFUSED)
                .by(attempt.user())
                .from(address)
                .calling(method)
                .endingWith(new AuditOutcome(status.getCode().name(), said == null ? "" : said));
        return switch (status.getCode()) {
            case UNAUTHENTICATED -> audit.failed(event);
            case PERMISSION_DENIED ->
                Permissions.changes(method) ? audit.record(event) : CompletableFuture.completedFuture(null);
            default -> CompletableFuture.completedFuture(null);
        };
    }

    private final class Watched<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final Attempt attempt;
        private final String address;

        Watched(ServerCall<Q, A> call, Attempt attempt, String address) {
            super(call);
            this.attempt = attempt;
            this.address = address;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            if (attempt.isLetIn()) {
                super.close(status, trailers);
                return;
            }
            refused(this, attempt, address, status)
                    .whenCompleteAsync(
                            (done, failure) -> {
                                if (failure != null) {
                                    log.error("a refused call is not in the audit log: {}", failure.getMessage());
                                }
                                super.close(status, trailers);
                            },
                            AuditInterceptor.THREADS);
        }
    }
}
