package dev.drydock.controller.rollout;

/** One row of {@link RolloutTransitions}. */
public record Transition(RolloutState from, Trigger trigger, RolloutState to) {}
