package dev.drydock.controller.api;

import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.Principal;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.function.Supplier;

/**
 * A call whose answer goes on, and may outlive what let its caller in. Before each message, and now and then while there is none,
 * the credential is looked at anew: when it is no more the call ends, and when it gives something else the caller is to begin anew
 * with that. Services see a call that was cancelled. The service and those looks come on different threads, and calls of gRPC
 * take one at a time.
 */
final class LastingCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Principal began;
    private final Supplier<Authenticator.Answer> now;
    private final LastingCalls calls;
    private volatile boolean over;

    /** @param now who the caller is by the credential that it began with; looking is no use of it */
    LastingCall(ServerCall<Q, A> call, Principal began, Supplier<Authenticator.Answer> now, LastingCalls calls) {
        super(call);
        this.began = began;
        this.now = now;
        this.calls = calls;
    }

    /** The service has taken it. */
    void goesOn() {
        calls.add(this);
        if (over) {
            calls.remove(this);
        }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!over) {
            super.sendHeaders(headers);
        }
    }

    @Override
    public synchronized void sendMessage(A message) {
        look();
        if (!over) {
            super.sendMessage(message);
        }
    }

    /** Ends the call if its caller would not be let in now. */
    synchronized void look() {
        if (over) {
            return;
        }
        switch (now.get()) {
            case Authenticator.Refused refused -> end(Status.UNAUTHENTICATED.withDescription(refused.why()));
            case Authenticator.Known known
            when !known.principal().equals(began) ->
                end(Status.UNAVAILABLE.withDescription(
                        "What user " + began.user() + " may do has changed since this call began. Call again."));
            case Authenticator.Known known -> {
                // As it began.
            }
        }
    }

    private void end(Status status) {
        close(status, new Metadata());
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (!over) {
            over = true;
            calls.remove(this);
            super.close(status, trailers);
        }
    }

    /** It was cut by its client or by the network: nobody is there to hear of anything. */
    void gone() {
        over = true;
        calls.remove(this);
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
