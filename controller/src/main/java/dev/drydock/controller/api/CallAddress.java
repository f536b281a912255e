package dev.drydock.controller.api;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Where calls come from: an address without the port, which says nothing afterwards. */
public final class CallAddress {
    /** What a page says of who looks at it. It is believed in process alone: whoever calls from without is where the call comes from. */
    public static final Metadata.Key<String> OF_BROWSER =
            Metadata.Key.of("drydock-browser-address", Metadata.ASCII_STRING_MARSHALLER);

    private CallAddress() {}

    /** Empty: the transport does not tell. */
    static String of(ServerCall<?, ?> call, Metadata headers) {
        @Nullable SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (peer instanceof InProcessSocketAddress) {
            @Nullable String told = headers.get(OF_BROWSER);
            return told == null ? "" : told;
        }
        // Armeria tells it beside the call.
        @Nullable ServiceRequestContext context = ServiceRequestContext.currentOrNull();
        return context == null ? "" : of(context);
    }

    /** Of any request. */
    public static String of(ServiceRequestContext context) {
        InetSocketAddress peer = context.remoteAddress();
        @Nullable InetAddress address = peer.getAddress();
        return address == null ? peer.toString() : address.getHostAddress();
    }
}
