/** The program {@code drydock-agent}: its commands and how its parts are put together. */
@NullMarked
package dev.drydock.agent;

import org.jspecify.annotations.NullMarked;
