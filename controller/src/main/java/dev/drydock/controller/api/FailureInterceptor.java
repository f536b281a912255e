package dev.drydock.controller.api;

import dev.drydock.controller.logs.LogKey;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what services throw, or fail a call with, into statuses. What nobody expected is logged with an id, and the client
 * is told the id and nothing else.
 */
final class FailureInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(FailureInterceptor.class);

    private final Supplier<String> ids;

    /** @param ids gives a new one at each call; it joins a client's report and a line of the log */
    FailureInterceptor(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ServerCall<Q, A> guarded = new Guarded<>(call);
        try {
            return new GuardedListener<>(next.startCall(guarded, headers), guarded);
        } catch (RuntimeException e) {
            guarded.close(Status.UNKNOWN.withCause(e), new Metadata());
            return new Listener<>() {};
        }
    }

    private Status told(Status status, String method) {
        Throwable cause = status.getCause();
        if (status.getCode() != Status.Code.UNKNOWN || cause == null) {
            return status;
        }
        Status meant = Failures.status(cause);
        if (meant.getCode() != Status.Code.INTERNAL) {
            return meant;
        }
        String id = ids.get();
        try (var _ = LogKey.CALL.with(method);
                var _ = LogKey.USER.with(Caller.name());
                var _ = LogKey.ERROR.with(id)) {
            log.error("call {} by {} failed, error {}", method, Caller.name(), id, cause);
        }
        String said = meant.getDescription();
        return Status.INTERNAL.withDescription((said == null ? "The controller failed in a way it should not." : said)
                + " Its log says more: look for error " + id + ".");
    }

    private final class Guarded<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private boolean closed;

        Guarded(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            super.close(told(status, getMethodDescriptor().getFullMethodName()), trailers);
        }
    }

    private static final class GuardedListener<Q, A> extends SimpleForwardingServerCallListener<Q> {
        private final ServerCall<Q, A> call;

        GuardedListener(Listener<Q> listener, ServerCall<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            guard(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guard(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guard(super::onReady);
        }

        private void guard(Runnable step) {
            try (var _ = LogKey.CALL.with(call.getMethodDescriptor().getFullMethodName());
                    var _ = LogKey.USER.with(Caller.name())) {
                step.run();
            } catch (RuntimeException e) {
                call.close(Status.UNKNOWN.withCause(e), new Metadata());
            }
        }
    }
}
