package dev.drydock.controller.api;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TlsEngineType;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import dev.drydock.controller.api.rest.Limits;
import dev.drydock.controller.api.rest.Rest;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management plane's server: gRPC, the same as REST with JSON, and pages for browsers, on one port over TLS 1.3.
 * Services run on virtual threads and may block.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    private static final int LARGEST_HEADERS = 8 * 1024;
    private static final int STREAMS_A_CONNECTION = 100;

    /** Calls that are being served at once; streams that only wait for news take none. */
    private static final int CALLS_AT_ONCE = 256;

    private static final Duration PING = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Server server;
    private final HealthStatusManager health;
    private final OpenStreams streams;
    private final EventLoopGroup loops;
    private final ScheduledExecutorService threads;

    private ApiServer(
            Server server,
            HealthStatusManager health,
            OpenStreams streams,
            EventLoopGroup loops,
            ScheduledExecutorService threads) {
        this.server = server;
        this.health = health;
        this.streams = streams;
        this.loops = loops;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param keys the server's key and certificate chain
     * @param services behind their interceptors
     * @param streams of these services; closed with the server
     * @param patience with clients that are slow or too many
     * @param more adds what is not of the API: pages
     * @throws IOException when the address cannot be listened on
     */
    public static ApiServer start(
            InetSocketAddress address,
            KeyManagerFactory keys,
            ApiServices services,
            OpenStreams streams,
            Patience patience,
            Consumer<ServerBuilder> more)
            throws IOException {
        ConnectionGuard connections = new ConnectionGuard(patience);
        RequestGuard requests = new RequestGuard(patience, connections, services.definitions());
        HealthStatusManager health = new HealthStatusManager();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(
                CALLS_AT_ONCE, Thread.ofVirtual().name("api-", 0).factory());
        EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(Flags.numCommonWorkers(), "api-loop", true);
        ServerBuilder builder = Server.builder()
                .port(address, SessionProtocol.HTTPS)
                .tls(keys)
                .tlsEngineType(TlsEngineType.OPENSSL)
                .tlsCustomizer(tls -> tls.protocols("TLSv1.3"))
                .workerGroup(loops, false)
                .blockingTaskExecutor(BlockingTaskExecutor.of(threads), false)
                .http1MaxHeaderSize(LARGEST_HEADERS)
                .http2MaxHeaderListSize(LARGEST_HEADERS)
                .http2MaxStreamsPerConnection(STREAMS_A_CONNECTION)
                // Of the whole process; further ones are closed at once.
                .maxNumConnections(patience.connections())
                .childChannelPipelineCustomizer(connections::accepted)
                // Until the decorators are asked, which may be when the request is whole.
                .requestTimeout(patience.body())
                .idleTimeout(patience.between(), true)
                .pingInterval(PING)
                // Whoever is told no while it still sends hears why before its stream is reset.
                .requestAutoAbortDelay(LAST_WORDS)
                .gracefulShutdown(GracefulShutdown.builder()
                        .quietPeriod(QUIET)
                        .timeout(PATIENCE)
                        .build())
                .disableServerHeader();
        GrpcService grpc = GrpcService.builder()
                .addServiceDefinitions(services.definitions())
                .addService(health.getHealthService())
                .maxRequestMessageLength(Limits.LARGEST_REQUEST)
                .useBlockingTaskExecutor(true)
                .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
                .build();
        builder.service(grpc);
        Rest.addTo(builder, services);
        more.accept(builder);
        // Around everything that was added.
        builder.decorator(requests::serve);
        Server server = builder.build();
        try {
            server.start().join();
            streams.add(services.lasting().watch(streams.workers()));
            return new ApiServer(server, health, streams, loops, threads);
        } catch (CompletionException e) {
            stop(loops);
            threads.shutdownNow();
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    public int port() {
        return Objects.requireNonNull(server.activePort(), "it listens from its start to its close")
                .localAddress()
                .getPort();
    }

    /** Takes no new calls, ends streams, waits for calls that are being served, but not for ever. Idempotent. */
    @Override
    public void close() {
        health.enterTerminalState();
        CompletableFuture<Void> stopped = server.stop();
        streams.stop();
        try {
            if (!hasServed(stopped)) {
                log.warn(
                        "calls of the management plane did not end within {} s and were cut", PATIENCE.toSeconds() * 2);
            }
        } catch (ExecutionException e) {
            log.warn("the management plane did not stop in order", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.close();
        stop(loops);
        threads.shutdownNow();
    }

    /**
     * Waits until nobody is served any more. The loop that took connections, which is the server's own, rests for two seconds after
     * that: it holds nothing by then, and is left to end by itself.
     */
    private boolean hasServed(CompletableFuture<Void> stopped) throws ExecutionException, InterruptedException {
        for (long i = 0; i < PATIENCE.dividedBy(LOOK) * 2; i++) {
            if (server.activePort() == null && server.config().serverMetrics().activeConnections() == 0) {
                return true;
            }
            try {
                stopped.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                // Looked at again.
            }
        }
        return false;
    }

    /** Nothing is left to be quiet about: the server has waited for its calls. */
    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, PATIENCE.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
