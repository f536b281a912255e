package dev.drydock.controller.api;

import java.time.Duration;

/**
 * What clients of the management plane may hold, and for how long without getting on. Streams that are open and quiet are none of
 * it: they count as what their client waits for.
 *
 * @param connections at once, of all clients
 * @param connectionsAnAddress at once, so that one client does not keep the others out
 * @param first from a connection's begin until the head of its first request is whole: handshake, waiting and sending together (of gRPC
 *     with one message: until the request is whole)
 * @param between from the end of a connection's last open request until the head of another is whole
 * @param body from a request's head until its body is whole
 * @param upload the same where a client streams
 */
public record Patience(
        int connections, int connectionsAnAddress, Duration first, Duration between, Duration body, Duration upload) {
    public static final Patience DEFAULT = new Patience(
            4096, 1024, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofHours(1));
}
