package dev.drydock.controller.api;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Principal;
import io.grpc.Context;
import io.grpc.Contexts;
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

    Authentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        return switch (authenticator.authenticate(headers.get(AUTHORIZATION))) {
            case Authenticator.Refused refused -> refuse(call, Status.UNAUTHENTICATED, refused.why());
            case Authenticator.Known known ->
                permitted(known.principal(), lasting(call, headers, known), headers, next);
        };
    }

    private <Q, A> ServerCall<Q, A> lasting(ServerCall<Q, A> call, Metadata headers, Authenticator.Known known) {
        return call.getMethodDescriptor().getType().serverSendsOneMessage()
                ? call
                : new LastingCall<>(
                        call, known.principal(), () -> authenticator.authenticate(headers.get(AUTHORIZATION)));
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
