package dev.drydock.cli.bootstrap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the work needs of the controller. Called by several threads. */
interface Controller {
    Optional<FleetHost> host(String idOrName);

    /** A token for one host, good for a short time. */
    Ticket ticket(Map<String, String> labels, Duration ttl);

    /** Nobody needs it any more. */
    void discard(Ticket ticket);

    /** @param secret never in a command line, never in a message */
    record Ticket(String id, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "token " + id;
        }
    }
}
