/** Hosts without an agent, as somebody looked at them. Pure but for its port to the store. */
@NullMarked
package dev.drydock.controller.assessment;

import org.jspecify.annotations.NullMarked;
