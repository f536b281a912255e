/** TLS, sockets and peers of the agent plane. */
@NullMarked
package dev.drydock.controller.agents.transport;

import org.jspecify.annotations.NullMarked;
