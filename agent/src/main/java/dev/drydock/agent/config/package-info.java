/** The agent's own configuration file. */
@NullMarked
package dev.drydock.agent.config;

import org.jspecify.annotations.NullMarked;
