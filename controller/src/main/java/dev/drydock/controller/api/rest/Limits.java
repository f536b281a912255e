package dev.drydock.controller.api.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How large and how slow a request may be. gRPC has limits of its own: of a message, and the client's deadline once it is whole. */
public final class Limits {
    /** Bytes of a message or of a body: an envelope and its source, twice over. */
    public static final int LARGEST_REQUEST = 2 * 1024 * 1024;

    /** Bytes of a body that is refused and yet let in. */
    static final int LARGEST_DROPPED = 16 * 1024 * 1024;

    private Limits() {}

    /**
     * A decorator of all services.
     *
     * @param patience with a request that is not of gRPC, until it is answered; streams and uploads set their own
     */
    public static HttpResponse serve(
            HttpService next, ServiceRequestContext context, HttpRequest request, Duration patience) throws Exception {
        if (isGrpc(request.contentType())) {
            context.setMaxRequestLength(0);
            context.clearRequestTimeout();
        } else {
            context.setMaxRequestLength(LARGEST_REQUEST);
            context.setRequestTimeout(patience);
        }
        return next.serve(context, request);
    }

    public static boolean isGrpc(@Nullable MediaType type) {
        return type != null
                && type.type().equals("application")
                && type.subtype().startsWith("grpc");
    }
}
