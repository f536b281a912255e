package dev.drydock.controller.policy;

/** @param source the YAML as it was written */
public record PolicyDocument(PushedPolicy policy, String source) {}
