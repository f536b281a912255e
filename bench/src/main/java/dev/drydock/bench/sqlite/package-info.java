/** The bare SQLite limit: durable rows with nothing before them. */
@NullMarked
package dev.drydock.bench.sqlite;

import org.jspecify.annotations.NullMarked;
