package dev.drydock.controller.api;

import dev.drydock.controller.idempotency.IdempotencyKeys;
import dev.drydock.controller.security.Authenticator;
import dev.drydock.controller.security.audit.AuditRecorder;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * The API's services behind what guards them: whoever calls, by gRPC, by REST or from a page, comes by the same interceptors.
 *
 * @param definitions each with its interceptors
 * @param lasting their calls whose answers go on
 */
public record ApiServices(List<ServerServiceDefinition> definitions, LastingCalls lasting) {
    public ApiServices {
        definitions = List.copyOf(definitions);
    }

    /** Without guards. */
    public ApiServices(List<ServerServiceDefinition> definitions) {
        this(definitions, new LastingCalls());
    }

    /**
     * @param audit has been told already that the controller starts
     * @param errorIds a new one at each call, for errors that nobody expected
     */
    public static ApiServices of(
            List<BindableService> services,
            Authenticator authenticator,
            AuditRecorder audit,
            IdempotencyKeys keys,
            InstantSource clock,
            Supplier<String> errorIds) {
        // Inside the authentication, so that the log can say whose call failed, and around it, for its own failures.
        LastingCalls lasting = new LastingCalls();
        FailureInterceptor failures = new FailureInterceptor(errorIds);
        List<ServerInterceptor> guards = List.of(
                // The first is the innermost.
                new ReadMasks(),
                new Idempotency(keys, clock),
                failures,
                new AuditInterceptor(audit),
                new Authentication(authenticator, lasting),
                new RefusalInterceptor(audit),
                failures);
        return new ApiServices(
                services.stream()
                        .map(service -> ServerInterceptors.intercept(service, guards))
                        .toList(),
                lasting);
    }

    /** The same, telling of each call, whoever makes it. */
    public ApiServices telling(CallListener listener) {
        CallWatch watch = new CallWatch(listener);
        return new ApiServices(
                definitions.stream()
                        .map(service -> ServerInterceptors.intercept(service, watch))
                        .toList(),
                lasting);
    }

    /** The same for callers in this process, by that name, who may say for whom they call ({@link CameFrom}); not started. */
    public Server inProcess(String name) {
        // Threads of the virtual kind: services may block.
        InProcessServerBuilder builder = InProcessServerBuilder.forName(name)
                .executor(task -> Thread.ofVirtual().name("api-inside").start(task))
                .intercept(new CameFrom());
        definitions.forEach(builder::addService);
        return builder.build();
    }
}
