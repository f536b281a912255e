/** Logs of the managed system: their lines from a moment or a place on, and when each was written. */
@NullMarked
package dev.drydock.agent.host.logs;

import org.jspecify.annotations.NullMarked;
