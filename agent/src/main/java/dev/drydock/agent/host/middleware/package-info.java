/** Which middleware is on the host, and what it listens on. */
@NullMarked
package dev.drydock.agent.host.middleware;

import org.jspecify.annotations.NullMarked;
