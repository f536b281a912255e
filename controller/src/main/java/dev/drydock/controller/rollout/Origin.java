package dev.drydock.controller.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a rollout comes from.
 *
 * @param by the name of the user who made it, and who therefore cannot approve it
 * @param emergency why it runs outside any maintenance window; empty: it does not
 */
public record Origin(String by, Instant at, Optional<String> emergency) {}
