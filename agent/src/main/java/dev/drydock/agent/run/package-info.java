/** The run engine: a pure state machine and planner, and the driver that carries out what they decide. */
@NullMarked
package dev.drydock.agent.run;

import org.jspecify.annotations.NullMarked;
