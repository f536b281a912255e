package dev.drydock.controller.rollout;

/**
 * A host's place in a rollout, fixed when the rollout is made.
 *
 * @param wave from 1
 * @param cluster of which the strategy keeps hosts apart; empty: none
 */
public record PlannedHost(String id, String name, int wave, String cluster) {}
