/** Child processes of the benchmark: started, read through /proc, and ended by id. */
@NullMarked
package dev.drydock.bench.process;

import org.jspecify.annotations.NullMarked;
