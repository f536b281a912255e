/** Where the agent's things lie, that one agent alone uses them, and how it logs. */
@NullMarked
package dev.drydock.agent.config;

import org.jspecify.annotations.NullMarked;
