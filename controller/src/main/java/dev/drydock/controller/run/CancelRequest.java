package dev.drydock.controller.run;

import dev.drydock.proto.agent.v1.CancelRun;

/** That a run shall end: on record until it has. */
public record CancelRequest(String runId, CancelRun.Mode mode, String reason) {}
