package dev.drydock.controller;

import com.linecorp.armeria.server.ServerBuilder;
import dev.drydock.controller.api.ApiServices;
import dev.drydock.controller.web.Web;
import dev.drydock.controller.web.http.WebAccess;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The part of the controller that people see in a browser, and its way to the API. */
record Browsing(Server api, ManagedChannel channel, Web web) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    static Browsing start(ApiServices services, WebAccess access, InstantSource clock) throws IOException {
        String name = InProcessServerBuilder.generateName();
        Server api = services.inProcess(name).start();
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        return new Browsing(api, channel, new Web(access, channel, clock));
    }

    void addTo(ServerBuilder server) {
        web.addTo(server);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        api.shutdownNow();
        try {
            api.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
