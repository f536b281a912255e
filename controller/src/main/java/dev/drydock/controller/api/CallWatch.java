package dev.drydock.controller.api;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells of each call, around all that may refuse it. */
final class CallWatch implements ServerInterceptor {
    private final CallListener to;

    CallWatch(CallListener to) {
        this.to = to;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Watched<Q, A> watched = new Watched<>(call);
        return new SimpleForwardingServerCallListener<>(next.startCall(watched, headers)) {
            @Override
            public void onCancel() {
                watched.ended(Status.Code.CANCELLED);
                super.onCancel();
            }
        };
    }

    private final class Watched<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final long began = System.nanoTime();
        private final AtomicBoolean told = new AtomicBoolean();

        Watched(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            ended(status.getCode());
            super.close(status, trailers);
        }

        void ended(Status.Code code) {
            if (told.compareAndSet(false, true)) {
                MethodDescriptor<Q, A> method = getMethodDescriptor();
                String name = method.getFullMethodName();
                to.callEnded(
                        name.substring(name.indexOf('/') < 0 ? 0 : name.lastIndexOf('.', name.indexOf('/')) + 1),
                        !method.getType().serverSendsOneMessage(),
                        code,
                        Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }
}
