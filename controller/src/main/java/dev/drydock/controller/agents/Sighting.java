package dev.drydock.controller.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a host was last heard.
 *
 * @param clockSkew the agent's clock less the controller's; empty: not told since the connection
 */
public record Sighting(Instant at, Optional<Duration> clockSkew) {}
