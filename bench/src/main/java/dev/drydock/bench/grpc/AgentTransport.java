package dev.drydock.bench.grpc;

import dev.drydock.bench.BenchException;
import dev.drydock.bench.tls.Identity;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * Opens one TCP connection with TLS 1.3 of its own for each agent, all served by a few shared event loops. Callbacks come
 * on the event loop: they must not block. Safe for several threads.
 */
public final class AgentTransport implements AutoCloseable {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), EpollIoHandler.newFactory());
    private static final int ADDRESSES = 16;
    private final AtomicInteger opened = new AtomicInteger();
    private final String address;
    private final X509Certificate[] trusted;

    /**
     * @param address host:port
     * @param trusted the CA certificates that the server's must lead to
     */
    public AgentTransport(String address, X509Certificate... trusted) {
        this.address = address;
        this.trusted = trusted.clone();
    }

    /** A channel without a client certificate, as for enrolment. It connects with the first call. */
    public ManagedChannel anonymous() {
        return open(GrpcSslContexts.forClient());
    }

    /** A channel that shows this identity. It connects with the first call. */
    public ManagedChannel as(Identity identity) {
        return open(GrpcSslContexts.forClient().keyManager(identity.key(), identity.certificate()));
    }

    private ManagedChannel open(SslContextBuilder tls) {
        try {
            return NettyChannelBuilder.forTarget("dns:///" + address)
                    .eventLoopGroup(loops)
                    .channelType(EpollSocketChannel.class)
                    // Ports of one address are 28,000, and those of a connection that ended are not free at once.
                    .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                        @Override
                        public SocketAddress createSocketAddress(SocketAddress remote, Attributes attributes) {
                            return new InetSocketAddress("127.0.0." + (2 + opened.getAndIncrement() % ADDRESSES), 0);
                        }
                    })
                    .directExecutor()
                    .sslContext(tls.sslProvider(SslProvider.OPENSSL)
                            .protocols("TLSv1.3")
                            .trustManager(trusted)
                            .build())
                    .build();
        } catch (SSLException e) {
            throw new BenchException("cannot set up TLS for " + address, e);
        }
    }

    /** Ends the event loops. Channels must be shut down before. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
