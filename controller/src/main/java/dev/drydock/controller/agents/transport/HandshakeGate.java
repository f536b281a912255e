package dev.drydock.controller.agents.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many handshakes go on at a time, so that agents that are connected are served before those that wait, when all
 * come at once. While the bound is reached the listening socket accepts nothing: further connections wait in the kernel's
 * backlog. A connection gives its place back when its handshake is done or it is closed (the server closes those that take too
 * long). State is confined to the listening channel's event loop.
 */
public final class HandshakeGate extends ChannelInboundHandlerAdapter {
    private final int bound;
    private final Map<SocketAddress, Channel> underWay = new HashMap<>();
    private volatile @Nullable Channel listening;

    public HandshakeGate(int bound) {
        this.bound = bound;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listening = context.channel();
    }

    /** Each connection that was accepted comes by here once. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Channel accepted && accepted.remoteAddress() != null) {
            SocketAddress peer = accepted.remoteAddress();
            underWay.put(peer, accepted);
            accepted.closeFuture()
                    .addListener(closed -> context.channel().eventLoop().execute(() -> {
                        if (underWay.remove(peer, accepted)) {
                            open(context.channel());
                        }
                    }));
            if (underWay.size() >= bound) {
                context.channel().config().setAutoRead(false);
            }
        }
        context.fireChannelRead(message);
    }

    private void open(Channel channel) {
        if (underWay.size() < bound) {
            channel.config().setAutoRead(true);
        }
    }

    private void done(@Nullable SocketAddress peer) {
        Channel channel = listening;
        if (channel != null && peer != null) {
            channel.eventLoop().execute(() -> {
                if (underWay.remove(peer) != null) {
                    open(channel);
                }
            });
        }
    }

    /** Tells of connections whose handshake is done. */
    public ServerTransportFilter filter() {
        return new ServerTransportFilter() {
            @Override
            public Attributes transportReady(Attributes attributes) {
                done(attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
                return attributes;
            }
        };
    }
}
