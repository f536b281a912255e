/** Measures: the bare limits of the stack and the controller beside them. Nothing imports it. */
@NullMarked
package dev.drydock.bench;

import org.jspecify.annotations.NullMarked;
