package dev.drydock.controller.compliance;

import dev.drydock.proto.agent.v1.RunState;

/** What became of a host of a rollout. @param changes how many things its newest run changed */
public record HostEnd(String hostId, RunState state, int changes) {}
