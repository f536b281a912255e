/** The output of runs, as files. */
@NullMarked
package dev.drydock.controller.agents.output;

import org.jspecify.annotations.NullMarked;
