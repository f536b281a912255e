package dev.drydock.controller.api;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Principal;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Supplier;

/**
 * A call whose answer goes on, and may outlive what let its caller in. Before each message the credential is looked at anew: when
 * it is no more the call ends, and when it gives something else the caller is to begin anew with that. Services see a call that
 * was cancelled.
 */
final class LastingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Principal began;
    private final Supplier<Authenticator.Answer> now;
    private volatile boolean over;

    /** @param now who the caller is by the credential that it began with */
    LastingCall(ServerCall<Q, A> call, Principal began, Supplier<Authenticator.Answer> now) {
        super(call);
        this.began = began;
        this.now = now;
    }

    @Override
    public void sendMessage(A message) {
        if (over) {
            return;
        }
        switch (now.get()) {
            case Authenticator.Refused refused -> end(Status.UNAUTHENTICATED.withDescription(refused.why()));
            case Authenticator.Known known
            when !known.principal().equals(began) ->
                end(Status.UNAVAILABLE.withDescription(
                        "What user " + began.user() + " may do has changed since this call began. Call again."));
            case Authenticator.Known known -> super.sendMessage(message);
        }
    }

    private void end(Status status) {
        over = true;
        super.close(status, new Metadata());
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (!over) {
            super.close(status, trailers);
        }
    }

    @Override
    public boolean isReady() {
        return !over && super.isReady();
    }

    @Override
    public boolean isCancelled() {
        return over || super.isCancelled();
    }
}
