package dev.drydock.controller.rollout;

import java.time.Instant;

/**
 * Something that happened in a rollout, for people.
 *
 * @param hostId empty: of the rollout itself
 */
public record TimedNote(Instant at, String hostId, String text) {}
