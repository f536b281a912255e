/** Incidents: what went wrong on a client's hosts, who has it in hand, and whether it was answered and fixed in time. */
@NullMarked
package dev.drydock.controller.incident;

import org.jspecify.annotations.NullMarked;
