/** Reports on a schedule: when each is due, whose eyes it has, and what became of it. */
@NullMarked
package dev.drydock.controller.reporting;

import org.jspecify.annotations.NullMarked;
