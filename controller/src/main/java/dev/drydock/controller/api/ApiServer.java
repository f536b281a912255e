package dev.drydock.controller.api;

import dev.drydock.controller.security.ApiTokens;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management plane's server: gRPC over TLS 1.3, bearer tokens, health. Services run on virtual threads and may block. */
public final class ApiServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    /** An envelope and its source, twice over. */
    private static final int LARGEST_REQUEST = 2 * 1024 * 1024;

    private static final int LARGEST_METADATA = 8 * 1024;
    private static final int STREAMS_A_CONNECTION = 100;
    private static final long PATIENCE_SECONDS = 10;

    private final Server server;
    private final HealthStatusManager health;
    private final OpenStreams streams;
    private final ExecutorService threads;

    private ApiServer(Server server, HealthStatusManager health, OpenStreams streams, ExecutorService threads) {
        this.server = server;
        this.health = health;
        this.streams = streams;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param keys the server's key and certificate chain
     * @param streams of these services; closed with the server
     * @param errorIds a new one at each call, for errors that nobody expected
     * @throws IOException when the address cannot be listened on
     */
    public static ApiServer start(
            InetSocketAddress address,
            KeyManagerFactory keys,
            ApiTokens tokens,
            List<BindableService> services,
            OpenStreams streams,
            Supplier<String> errorIds)
            throws IOException {
        HealthStatusManager health = new HealthStatusManager();
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("api-", 0).factory());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .sslContext(tls(keys))
                .executor(threads)
                .maxInboundMessageSize(LARGEST_REQUEST)
                .maxInboundMetadataSize(LARGEST_METADATA)
                .maxConcurrentCallsPerConnection(STREAMS_A_CONNECTION)
                .handshakeTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(health.getHealthService());
        // Inside the authentication, so that the log can say whose call failed, and around it, for its own failures.
        FailureInterceptor failures = new FailureInterceptor(errorIds);
        services.forEach(service -> builder.addService(
                ServerInterceptors.intercept(service, failures, new Authentication(tokens), failures)));
        try {
            return new ApiServer(builder.build().start(), health, streams, threads);
        } catch (IOException e) {
            threads.close();
            throw e;
        }
    }

    private static SslContext tls(KeyManagerFactory keys) throws SSLException {
        return GrpcSslContexts.configure(SslContextBuilder.forServer(keys))
                .protocols("TLSv1.3")
                .build();
    }

    public int port() {
        return server.getPort();
    }

    /** Takes no new calls, ends streams, waits for calls that are being served, but not for ever. Idempotent. */
    @Override
    public void close() {
        health.enterTerminalState();
        server.shutdown();
        streams.stop();
        try {
            if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("calls of the management plane did not end within {} s and were cut", PATIENCE_SECONDS);
                server.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        streams.close();
        threads.close();
    }
}
