/** Traces of runs from the rollout's decision to the acknowledged result, for OpenTelemetry. */
@NullMarked
package dev.drydock.controller.trace;

import org.jspecify.annotations.NullMarked;
