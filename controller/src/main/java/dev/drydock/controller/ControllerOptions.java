package dev.drydock.controller;

import dev.drydock.controller.security.ServerNames;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a controller runs.
 *
 * @param agentListen where agents come; port 0: any free one
 * @param apiListen where people and their tools come
 * @param names under which both are reached: in the servers' certificates
 * @param certificateLifetime of agents
 * @param feedListen where calendar programs come for windows; empty: nowhere
 */
public record ControllerOptions(
        Path data,
        InetSocketAddress agentListen,
        InetSocketAddress apiListen,
        ServerNames names,
        Duration certificateLifetime,
        Optional<InetSocketAddress> feedListen) {
    /** One that serves no feeds. */
    public ControllerOptions(
            Path data,
            InetSocketAddress agentListen,
            InetSocketAddress apiListen,
            ServerNames names,
            Duration certificateLifetime) {
        this(data, agentListen, apiListen, names, certificateLifetime, Optional.empty());
    }
}
