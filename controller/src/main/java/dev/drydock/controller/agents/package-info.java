/** The agent plane: who is in the fleet, its enrolment and its sessions, delivery of offers, events and output. */
@NullMarked
package dev.drydock.controller.agents;

import org.jspecify.annotations.NullMarked;
