package dev.drydock.controller.api;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where calls come from. */
final class CallAddress {
    private CallAddress() {}

    /** The address without the port, which says nothing afterwards; empty: the transport does not tell. */
    static String of(ServerCall<?, ?> call) {
        @Nullable SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (peer == null) {
            return "";
        }
        return peer instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : peer.toString();
    }
}
