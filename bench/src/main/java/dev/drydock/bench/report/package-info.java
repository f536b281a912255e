/** What was measured, on which machine, and how it is printed. */
@NullMarked
package dev.drydock.bench.report;

import org.jspecify.annotations.NullMarked;
