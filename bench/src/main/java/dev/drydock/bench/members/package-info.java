/** Several controllers, of which one dies. */
@NullMarked
package dev.drydock.bench.members;

import org.jspecify.annotations.NullMarked;
