/** The real controller and a simulated fleet. */
@NullMarked
package dev.drydock.bench.fleet;

import org.jspecify.annotations.NullMarked;
