package dev.drydock.controller.api;

import dev.drydock.controller.security.ApiTokens;
import dev.drydock.controller.security.User;
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
import org.jspecify.annotations.Nullable;

/** Lets nobody in without a token of ours, and nobody do what the role does not allow. Only the health service answers everyone. */
final class Authentication implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer ";
    private static final String EXPECTED =
            "send the metadata 'authorization: Bearer TOKEN'" + " with the token of the controller's file admin.token.";

    private final ApiTokens tokens;

    Authentication(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        @Nullable String header = headers.get(AUTHORIZATION);
        if (header == null) {
            return refuse(call, "No token came with the call: " + EXPECTED);
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refuse(call, "The authorization is no bearer token: " + EXPECTED);
        }
        Optional<User> user = tokens.userOf(header.substring(SCHEME.length()).strip());
        if (user.isEmpty()) {
            return refuse(call, "This controller does not know the token: it may be of another controller.");
        }
        Attempt.current().by(user.get().name());
        Optional<String> forbidden =
                Permissions.refusal(user.get(), call.getMethodDescriptor().getFullMethodName());
        if (forbidden.isPresent()) {
            return refuse(call, Status.PERMISSION_DENIED, forbidden.get());
        }
        return Contexts.interceptCall(
                Context.current().withValue(Caller.KEY, user.get().name()), call, headers, next);
    }

    private static <Q, A> Listener<Q> refuse(ServerCall<Q, A> call, String why) {
        return refuse(call, Status.UNAUTHENTICATED, why);
    }

    private static <Q, A> Listener<Q> refuse(ServerCall<Q, A> call, Status status, String why) {
        call.close(status.withDescription(why), new Metadata());
        return new Listener<>() {};
    }
}
