/** The peer beside Drydock on the same hosts. */
@NullMarked
package dev.drydock.bench.peer;

import org.jspecify.annotations.NullMarked;
