package dev.drydock.controller;

import dev.drydock.controller.cluster.Leases.Term;
import dev.drydock.controller.cluster.Member;
import dev.drydock.controller.cluster.Relay;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A controller that hands on to the leader. While it has not known for long who leads it does not listen, so that a balancer sends nobody
 * here.
 */
final class Following implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Following.class);
    private static final Duration DARK = Duration.ofSeconds(15);

    private final ControllerOptions options;
    private final Member self;
    private volatile @Nullable Term leader;
    private @Nullable Relay relay;
    private @Nullable ChannelGroup agents;
    private long knownAt = System.nanoTime();

    Following(ControllerOptions options, Member self) {
        this.options = options;
        this.self = self;
    }

    /** As the database says now. */
    void leader(Optional<Term> now) throws StartException {
        if (now.isEmpty()) {
            unknown();
            return;
        }
        Term before = leader;
        leader = now.get();
        knownAt = System.nanoTime();
        if (before != null && before.epoch() != now.get().epoch() && relay != null) {
            relay.cut();
        }
        if (relay == null && !now.get().leader().name().equals(self.name())) {
            listen();
            log.info("follows {}", now.get().leader().name());
        }
    }

    void unknown() {
        if (System.nanoTime() - knownAt > DARK.toNanos()) {
            leader = null;
            close();
        }
    }

    private void listen() throws StartException {
        Relay starting = new Relay();
        relay = starting;
        agents = listen(starting, options.agentListen(), "--agent-listen", member -> Optional.of(member.agents()));
        listen(starting, options.apiListen(), "--api-listen", member -> Optional.of(member.api()));
        if (options.feedListen().isPresent()) {
            listen(starting, options.feedListen().get(), "--feed-listen", Member::feed);
        }
    }

    private ChannelGroup listen(
            Relay starting,
            InetSocketAddress address,
            String option,
            Function<Member, Optional<InetSocketAddress>> plane)
            throws StartException {
        try {
            return starting.listen(address, () -> {
                Term known = leader;
                return known == null
                        ? Optional.empty()
                        : plane.apply(known.leader()).map(Following::resolved);
            });
        } catch (IOException e) {
            throw new StartException(
                    "Cannot listen on " + ListenAddress.text(address, address.getPort()) + ": " + e.getMessage()
                            + ". Stop what uses that address, or choose another with " + option + ".",
                    e);
        }
    }

    private static InetSocketAddress resolved(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    boolean isListening() {
        return relay != null;
    }

    /** Agents' connections that it hands on. */
    int agents() {
        ChannelGroup open = agents;
        return relay == null || open == null ? 0 : open.size();
    }

    String readyLine() {
        Term known = leader;
        return "ready agents="
                + ListenAddress.text(
                        options.agentListen(), options.agentListen().getPort()) + " api="
                + ListenAddress.text(options.apiListen(), options.apiListen().getPort()) + " following="
                + (known == null ? "nobody" : known.leader().name());
    }

    @Override
    public void close() {
        Relay running = relay;
        relay = null;
        if (running != null) {
            running.close();
        }
    }
}
