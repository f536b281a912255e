package dev.drydock.controller.agents;

import dev.drydock.controller.agents.transport.HandshakeGate;
import dev.drydock.controller.agents.transport.PoolInterceptor;
import dev.drydock.controller.security.CertificateAuthority;
import dev.drydock.controller.security.ServerCertificates;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * The agent plane's socket: gRPC on Netty, TLS 1.3 alone, with epoll and BoringSSL where they are there. A client certificate
 * may be missing but never be wrong. Calls of the session run on the event loop and must not block; all others on the pool.
 */
final class AgentListener implements AutoCloseable {
    /**
     * Who waits behind the bound on handshakes. Few, so that they are still there when it is their turn: a handshake with one who has
     * given up meanwhile costs as much as another, and a long queue of them keeps everybody out. To the others the kernel does not
     * answer, and they ask again by TCP's own growing pauses, which costs nobody anything.
     */
    static final int BACKLOG = 256;

    private static final int CALLS_A_CONNECTION = 16;
    private static final int FLOW_WINDOW = 256 * 1024;
    private static final int MAX_MESSAGE = 4 * 1024 * 1024;
    private static final int IDLE_MINUTES = 10;
    private static final int KEEPALIVE_AT_MOST_SECONDS = 10;
    private static final int CLOSING_SECONDS = 5;

    private final EventLoopGroup boss;
    private final EventLoopGroup workers;
    private final Server server;
    private volatile boolean started;

    /**
     * Does not listen yet.
     *
     * @param onEventLoop whether a call, by its full method name, never blocks and is handled where it is read
     */
    AgentListener(
            AgentPlaneSettings settings,
            CertificateAuthority authority,
            ServerCertificates certificates,
            ServerInterceptor interceptor,
            List<BindableService> services,
            Predicate<String> onEventLoop,
            Executor pool) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.boss = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("agent-plane-accept", true), io);
        this.workers = new MultiThreadIoEventLoopGroup(0, new DefaultThreadFactory("agent-plane-io", true), io);
        HandshakeGate gate = new HandshakeGate(settings.handshakes());
        ChannelFactory<ServerChannel> sockets = () -> {
            ServerChannel socket = epoll ? new EpollServerSocketChannel() : new NioServerSocketChannel();
            socket.pipeline().addLast(gate);
            return socket;
        };
        NettyServerBuilder builder = NettyServerBuilder.forAddress(settings.listen())
                .channelFactory(sockets)
                .bossEventLoopGroup(boss)
                .workerEventLoopGroup(workers)
                .sslContext(tls(authority, certificates))
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .withChildOption(ChannelOption.SO_KEEPALIVE, true)
                .handshakeTimeout(settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .addTransportFilter(gate.filter())
                .maxConcurrentCallsPerConnection(CALLS_A_CONNECTION)
                .maxInboundMessageSize(MAX_MESSAGE)
                .flowControlWindow(FLOW_WINDOW)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                // Heartbeats show who is there; pings of our own would need a timer for each connection.
                .keepAliveTime(Long.MAX_VALUE, TimeUnit.NANOSECONDS)
                .permitKeepAliveTime(KEEPALIVE_AT_MOST_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .directExecutor()
                .intercept(interceptor)
                .intercept(new PoolInterceptor(onEventLoop, pool));
        services.forEach(builder::addService);
        this.server = builder.build();
    }

    private static SslContext tls(CertificateAuthority authority, ServerCertificates certificates) {
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(certificates.keyManagerFactory()), provider)
                    .protocols("TLSv1.3")
                    .trustManager(authority.certificate())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up for the agent plane: " + e.getMessage(), e);
        }
    }

    /** @throws IOException when the address cannot be listened on */
    void start() throws IOException {
        server.start();
        started = true;
    }

    boolean isListening() {
        return started && !server.isShutdown();
    }

    /** Known once started. */
    int port() {
        return server.getPort();
    }

    /** Lets calls that are being answered end, for a few seconds; then cuts what is left. */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow().awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        boss.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS);
    }
}
