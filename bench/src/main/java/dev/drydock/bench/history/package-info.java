/** The controller with the history of a year behind it: reports, pages, the size of the database, and what it can make durable. */
@NullMarked
package dev.drydock.bench.history;

import org.jspecify.annotations.NullMarked;
