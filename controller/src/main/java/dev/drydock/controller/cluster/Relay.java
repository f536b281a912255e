package dev.drydock.controller.cluster;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hands connections on to whoever leads, byte for byte: TLS is between the client and the leader, nothing is read or believed here. Who
 * comes while nobody leads waits a while for somebody.
 */
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 16_384;
    private static final int CONNECT_MILLIS = 2_000;
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("relay", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final ChannelGroup listening = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /**
     * @param to where connections go, asked for each; empty: it is not known now
     * @return the connections that are handed on from there
     * @throws IOException when the address cannot be listened on
     */
    public ChannelGroup listen(InetSocketAddress address, Supplier<Optional<InetSocketAddress>> to) throws IOException {
        ChannelGroup here = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Class<? extends ServerChannel> sockets = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(sockets)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        connections.add(client);
                        here.add(client);
                        connect(client, to, System.nanoTime() + PATIENCE.toNanos());
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(bound.cause());
        }
        listening.add(bound.channel());
        return here;
    }

    private void connect(Channel client, Supplier<Optional<InetSocketAddress>> to, long until) {
        if (!client.isOpen()) {
            return;
        }
        Optional<InetSocketAddress> leader = to.get();
        if (leader.isEmpty()) {
            again(client, to, until);
            return;
        }
        new Bootstrap()
                .group(client.eventLoop())
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Splice(client))
                .connect(leader.get())
                .addListener((io.netty.channel.ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        splice(client, connected.channel());
                    } else {
                        again(client, to, until);
                    }
                });
    }

    private void splice(Channel client, Channel server) {
        connections.add(server);
        ChannelHandler back = new Splice(server);
        client.pipeline().addLast(back);
        if (!client.isActive()) {
            server.close();
            return;
        }
        client.config().setAutoRead(true);
        server.config().setAutoRead(true);
    }

    private void again(Channel client, Supplier<Optional<InetSocketAddress>> to, long until) {
        if (System.nanoTime() - until > 0) {
            client.close();
            return;
        }
        client.eventLoop().schedule(() -> connect(client, to, until), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cuts what is handed on, to a leader that is none any more: clients come again. */
    public void cut() {
        connections.close().awaitUninterruptibly();
    }

    /** Listens no more when it returns. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        cut();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
