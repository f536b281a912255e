package dev.drydock.controller.api;

import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditOutcome;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.security.audit.AuditedCall;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Puts every call that changes something on record: its beginning before the service gets the first message, its end before the
 * client gets the status. A call whose beginning cannot be put on record is not served. Stands inside the authentication.
 */
final class AuditInterceptor implements ServerInterceptor {
    /** Goes on when an entry is on disk; the thread that tells of that must not be held up. */
    static final Executor THREADS = task -> Thread.ofVirtual().name("api-audit").start(task);

    private final AuditRecorder audit;

    AuditInterceptor(AuditRecorder audit) {
        this.audit = audit;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Attempt.current().letIn();
        String method = call.getMethodDescriptor().getFullMethodName();
        if (!Permissions.changes(method)) {
            return next.startCall(call, headers);
        }
        AuditEvent about = AuditEvent.of(AuditEvent.BEGUN)
                .by(Caller.name())
                .using(Caller.principal().credential())
                .from(CallAddress.of(call))
                .calling(method);
        Audited<Q, A> audited = new Audited<>(call, about);
        return new AuditedListener<>(next.startCall(audited, headers), audited);
    }

    private static String said(Status status) {
        String description = status.getDescription();
        return description == null ? "" : description;
    }

    /** gRPC calls one method of it at a time; the close that waited for the disk comes in between by a lock. */
    private final class Audited<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final AuditEvent about;
        private volatile AuditedRequest request = AuditedRequest.NONE;
        private volatile @Nullable AuditedCall begun;
        private volatile boolean refused;

        Audited(ServerCall<Q, A> call, AuditEvent about) {
            super(call);
            this.about = about;
        }

        /**
         * Waits until its beginning is on disk.
         *
         * @param message null: there is none
         * @return whether it may be served
         */
        boolean begin(@Nullable Object message) {
            if (begun != null || refused) {
                return !refused;
            }
            try {
                request = AuditedRequest.of(message);
                begun = audit.begin(about.asking(request.json())).join();
            } catch (RuntimeException e) {
                refused = true;
                closeNow(unrecorded(e), new Metadata());
            }
            return !refused;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            AuditedCall call = begun;
            if (call == null) {
                // The service has got nothing, and so has done nothing.
                closeNow(status, trailers);
                return;
            }
            call.end(new AuditOutcome(status.getCode().name(), request.withoutSecrets(said(status))))
                    .whenCompleteAsync(
                            (done, failure) ->
                                    closeNow(failure != null && status.isOk() ? endUnrecorded() : status, trailers),
                            THREADS);
        }

        /** A service that has not answered yet may still do something; nobody will know from this call. */
        void cancelled() {
            AuditedCall call = begun;
            if (call != null) {
                call.end(new AuditOutcome(Status.Code.CANCELLED.name(), "The client went away before the answer."));
            }
        }

        private synchronized void closeNow(Status status, Metadata trailers) {
            super.close(status, trailers);
        }

        @Override
        public synchronized void request(int messages) {
            super.request(messages);
        }

        @Override
        public synchronized void sendHeaders(Metadata headers) {
            super.sendHeaders(headers);
        }

        @Override
        public synchronized void sendMessage(A message) {
            super.sendMessage(message);
        }

        private Status endUnrecorded() {
            return Status.INTERNAL.withDescription(getMethodDescriptor().getBareMethodName()
                    + " was done, but its end could not be put into the audit log; the controller's log says why."
                    + " Look at what there is before you call again.");
        }
    }

    /** A full disk is told as everywhere. */
    private static Status unrecorded(RuntimeException failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Status known = Failures.status(cause);
        return (known.getCode() == Status.Code.RESOURCE_EXHAUSTED ? known : Status.UNAVAILABLE.withCause(cause))
                .withDescription("The audit log cannot be written, so nothing was done: " + cause.getMessage());
    }

    private static final class AuditedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final AuditInterceptor.Audited<Q, A> call;

        AuditedListener(Listener<Q> listener, AuditInterceptor.Audited<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (call.begin(message)) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (call.begin(null)) {
                super.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            super.onCancel();
            call.cancelled();
        }
    }
}
