package dev.drydock.controller.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.drydock.controller.api.rest.Limits;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Around all services: who asks, and whether the request gets whole in time. What is answered may take as long as it takes. */
final class RequestGuard {
    private final Patience patience;
    private final ConnectionGuard connections;
    private final Set<String> uploads;

    RequestGuard(Patience patience, ConnectionGuard connections, Collection<ServerServiceDefinition> services) {
        this.patience = patience;
        this.connections = connections;
        this.uploads = services.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(ServerMethodDefinition::getMethodDescriptor)
                .filter(method -> !method.getType().clientSendsOneMessage())
                .map(method -> "/" + method.getFullMethodName())
                .collect(Collectors.toUnmodifiableSet());
    }

    HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request) throws Exception {
        @Nullable
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel != null) {
            connections.asked(channel);
            context.log().whenComplete().thenRun(() -> connections.answered(channel));
        }
        if (uploads.contains(context.path())) {
            requireWhole(context, request);
        }
        return Limits.serve(next, context, request, patience.body());
    }

    /**
     * Requests of one message are whole when they come by here (the server's own limit is {@link Patience#body}); those of many are
     * not, and have no other limit than the deadline that their client chose.
     */
    private void requireWhole(ServiceRequestContext context, HttpRequest request) {
        Duration limit = patience.upload();
        Future<?> end = context.eventLoop()
                .withoutContext()
                .schedule(
                        () -> {
                            if (!request.isComplete()) {
                                context.timeoutNow();
                            }
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        request.whenComplete().whenComplete((done, failure) -> end.cancel(false));
    }
}
