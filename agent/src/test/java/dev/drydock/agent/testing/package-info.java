/** Doubles of what is around the agent. */
@NullMarked
package dev.drydock.agent.testing;

import org.jspecify.annotations.NullMarked;
