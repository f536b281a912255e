package dev.drydock.controller.rollout;

/** A host that the selector matches and that the rollout leaves out. */
public record Exclusion(String host, String reason) {}
