package dev.drydock.controller.rollout;

/**
 * A host that the selector gives and that can take the playbook.
 *
 * @param cluster of which the strategy keeps hosts apart; empty: none
 */
public record Candidate(String id, String name, String cluster) {}
