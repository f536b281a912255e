package dev.drydock.controller.probe;

import com.linecorp.armeria.server.Server;
import dev.drydock.controller.health.Health;
import dev.drydock.controller.metrics.Registry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/** Says over plain HTTP, to anybody who reaches it, how one controller of several fares, whether it leads or follows. Changes nothing. */
public final class MemberServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;
    private static final int THREADS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Server server;

    private MemberServer(Server server) {
        this.server = server;
    }

    /** @throws IOException the address cannot be listened on */
    public static MemberServer start(InetSocketAddress address, Health live, Health ready, Registry registry)
            throws IOException {
        Server server = Server.builder()
                .http(address)
                .maxNumConnections(MOST_CONNECTIONS)
                .idleTimeout(PATIENCE)
                .requestTimeout(PATIENCE)
                .maxRequestLength(1)
                .blockingTaskExecutor(THREADS)
                .service("/healthz", new HealthPage(live))
                .service("/readyz", new HealthPage(ready))
                .service("/metrics", MetricsPage.forAnybody(registry))
                .build();
        try {
            server.start().join();
            return new MemberServer(server);
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    public int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        server.stop().join();
    }
}
