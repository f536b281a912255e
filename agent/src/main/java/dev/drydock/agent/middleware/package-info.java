/** Which middleware is on the host, by profiles. */
@NullMarked
package dev.drydock.agent.middleware;

import org.jspecify.annotations.NullMarked;
