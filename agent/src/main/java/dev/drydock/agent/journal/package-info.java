/** The record of a run on disk: append-only, checksummed, durable before an effect. */
@NullMarked
package dev.drydock.agent.journal;

import org.jspecify.annotations.NullMarked;
