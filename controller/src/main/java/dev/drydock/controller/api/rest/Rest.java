package dev.drydock.controller.api.rest;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServerListenerAdapter;
import dev.drydock.controller.api.ApiServices;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;

/** JSON over HTTP, as {@code google.api.http} says of each method (AIP-127), and streams as server-sent events. */
public final class Rest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private Rest() {}

    /** Adds it to a server, with which it starts and stops. */
    public static void addTo(ServerBuilder server, ApiServices services) {
        addTo(server, services, HEARTBEAT);
    }

    static void addTo(ServerBuilder server, ApiServices services, Duration heartbeat) {
        String name = InProcessServerBuilder.generateName();
        io.grpc.Server inside = services.inProcess(name);
        ManagedChannel channel = InProcessChannelBuilder.forName(name)
                .executor(task -> Thread.ofVirtual().name("rest").start(task))
                .build();
        server.serverListener(new Inside(inside, channel));
        server.errorHandler(new ProblemHandler().orElse(ServerErrorHandler.ofDefault()));
        OpenApiPages.addTo(server);
        server.serviceUnder(
                "/v1/", new RestService(Routes.of(services.definitions()), new InsideCalls(channel), heartbeat));
    }

    private static final class Inside extends ServerListenerAdapter {
        private final io.grpc.Server inside;
        private final ManagedChannel channel;

        Inside(io.grpc.Server inside, ManagedChannel channel) {
            this.inside = inside;
            this.channel = channel;
        }

        @Override
        public void serverStarting(Server server) throws IOException {
            inside.start();
        }

        @Override
        public void serverStopped(Server server) {
            channel.shutdownNow();
            inside.shutdownNow();
        }
    }
}
