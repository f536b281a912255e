package dev.drydock.controller.api;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Says of a call that was made in this process for somebody outside where that somebody is. Only the server for callers in this
 * process has it: from outside nobody can say to be elsewhere.
 */
public final class CameFrom implements ServerInterceptor {
    /** The address without a name, "192.0.2.7". */
    public static final Metadata.Key<String> ADDRESS =
            Metadata.Key.of("drydock-came-from", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        @Nullable String address = headers.get(ADDRESS);
        if (address == null) {
            return next.startCall(call, headers);
        }
        headers.removeAll(ADDRESS);
        Attributes attributes = call.getAttributes().toBuilder()
                .set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, socket(address))
                .build();
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public Attributes getAttributes() {
                        return attributes;
                    }
                },
                headers);
    }

    private static SocketAddress socket(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 0);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + address + "' is no address", e);
        }
    }
}
