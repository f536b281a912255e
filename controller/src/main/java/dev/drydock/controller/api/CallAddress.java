package dev.drydock.controller.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where calls come from: an address without the port, which says nothing afterwards. */
public final class CallAddress {
    private CallAddress() {}

    /** Empty: the transport does not tell. */
    static String of(ServerCall<?, ?> call) {
        // Of calls in this process CameFrom tells it.
        @Nullable SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (peer instanceof InetSocketAddress internet) {
            return text(internet);
        }
        // Armeria tells it beside the call.
        @Nullable ServiceRequestContext context = ServiceRequestContext.currentOrNull();
        return context == null ? "" : of(context);
    }

    /** Of any request. */
    public static String of(ServiceRequestContext context) {
        return text(context.remoteAddress());
    }

    private static String text(InetSocketAddress peer) {
        @Nullable InetAddress address = peer.getAddress();
        return address == null ? peer.toString() : address.getHostAddress();
    }
}
