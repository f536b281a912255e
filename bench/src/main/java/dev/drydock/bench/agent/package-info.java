/** One packed agent on its host, beside a bare stream with the same Java. */
@NullMarked
package dev.drydock.bench.agent;

import org.jspecify.annotations.NullMarked;
