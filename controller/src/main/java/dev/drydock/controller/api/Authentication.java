package dev.drydock.controller.api;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Principal;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.util.Optional;

/** Lets nobody in without a token of ours, and nobody do what the role does not allow. Only the health service answers everyone. */
final class Authentication implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Authenticator authenticator;
    private final LastingCalls lasting;

    Authentication(Authenticator authenticator, LastingCalls lasting) {
        this.authenticator = authenticator;
        this.lasting = lasting;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        return switch (authenticator.authenticate(headers.get(AUTHORIZATION))) {
            case Authenticator.Refused refused -> refuse(call, Status.UNAUTHENTICATED, refused.why());
            case Authenticator.Known known ->
                call.getMethodDescriptor().getType().serverSendsOneMessage()
                        ? permitted(known.principal(), call, headers, next)
                        : lasting(known.principal(), call, headers, next);
        };
    }

    private <Q, A> Listener<Q> lasting(
            Principal principal, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String authorization = headers.get(AUTHORIZATION);
        LastingCall<Q, A> watched =
                new LastingCall<>(call, principal, () -> authenticator.look(authorization), lasting);
        Listener<Q> listener = permitted(principal, watched, headers, next);
        watched.goesOn();
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onCancel() {
                watched.gone();
                super.onCancel();
            }
        };
    }

    private static <Q, A> Listener<Q> permitted(
            Principal principal, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Attempt.current().by(principal.user());
        Optional<String> forbidden =
                Permissions.refusal(principal, call.getMethodDescriptor().getFullMethodName());
        return forbidden.isPresent()
                ? refuse(call, Status.PERMISSION_DENIED, forbidden.get())
                : Contexts.interceptCall(Context.current().withValue(Caller.KEY, principal), call, headers, next);
    }

    private static <Q, A> Listener<Q> refuse(ServerCall<Q, A> call, Status status, String why) {
        call.close(status.withDescription(why), new Metadata());
        return new Listener<>() {};
    }
}
