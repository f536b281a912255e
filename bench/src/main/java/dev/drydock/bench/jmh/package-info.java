/** Hot paths, each alone, by JMH. */
@NullMarked
package dev.drydock.bench.jmh;

import org.jspecify.annotations.NullMarked;
