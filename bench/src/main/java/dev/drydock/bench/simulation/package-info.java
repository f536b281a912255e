/** How fast rollouts are simulated over the real decision function. */
@NullMarked
package dev.drydock.bench.simulation;

import org.jspecify.annotations.NullMarked;
