/** What Drydock has set itself to reach, and the one table that says how far it has come. */
@NullMarked
package dev.drydock.bench.targets;

import org.jspecify.annotations.NullMarked;
