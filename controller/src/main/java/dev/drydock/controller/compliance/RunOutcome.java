package dev.drydock.controller.compliance;

import dev.drydock.controller.run.Run;

/**
 * A run, and whether it changed its host.
 *
 * @param changes how many things its result says were changed; 0 while it has none
 */
public record RunOutcome(Run run, int changes) {}
