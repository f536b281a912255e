/** Several controllers on one database, and what strikes them. */
@org.jspecify.annotations.NullMarked
package dev.drydock.e2e.cluster;
