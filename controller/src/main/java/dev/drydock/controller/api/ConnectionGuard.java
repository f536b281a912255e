package dev.drydock.controller.api;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections go that ask for nothing. Only whole heads of requests count: neither bytes, which can be sent one by one for
 * ever, nor pings. Bounds also how many connections an address has. Thread-safe.
 */
final class ConnectionGuard {
    private static final AttributeKey<Connection> CONNECTION =
            AttributeKey.valueOf(ConnectionGuard.class, "connection");

    private final Patience patience;
    private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

    ConnectionGuard(Patience patience) {
        this.patience = patience;
    }

    /** Each new connection comes by here, on its event loop. */
    void accepted(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        if (channel.remoteAddress() instanceof InetSocketAddress peer) {
            InetAddress address = peer.getAddress();
            int connections = open.merge(address, 1, Integer::sum);
            channel.closeFuture()
                    .addListener(
                            closed -> open.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1));
            if (connections > patience.connectionsAnAddress()) {
                channel.close();
                return;
            }
        }
        Connection connection = new Connection(channel, patience.between());
        channel.attr(CONNECTION).set(connection);
        channel.closeFuture().addListener(closed -> connection.stopWaiting());
        connection.await(patience.first());
    }

    /** The head of a request is whole. */
    void asked(Channel channel) {
        Connection connection = channel.attr(CONNECTION).get();
        if (connection != null) {
            channel.eventLoop().execute(connection::asked);
        }
    }

    /** Nothing more is said or heard of a request. */
    void answered(Channel channel) {
        Connection connection = channel.attr(CONNECTION).get();
        if (connection != null && channel.isOpen()) {
            channel.eventLoop().execute(connection::answered);
        }
    }

    /** State is confined to the event loop of the channel. */
    private static final class Connection {
        private final Channel channel;
        private final Duration between;
        private @Nullable Future<?> end;
        private int requests;

        Connection(Channel channel, Duration between) {
            this.channel = channel;
            this.between = between;
        }

        void await(Duration patience) {
            end = channel.eventLoop().schedule(() -> channel.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        void asked() {
            requests++;
            stopWaiting();
        }

        void answered() {
            requests--;
            if (requests == 0 && channel.isOpen()) {
                await(between);
            }
        }

        void stopWaiting() {
            if (end != null) {
                end.cancel(false);
                end = null;
            }
        }
    }
}
