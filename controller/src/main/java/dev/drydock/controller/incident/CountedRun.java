package dev.drydock.controller.incident;

import dev.drydock.proto.agent.v1.RunState;

/** A run that was counted against a contract, as it stands now. */
public record CountedRun(String hostId, String rollout, String playbook, Bucket bucket, RunState state) {}
