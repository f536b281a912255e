/** Packages on hosts, as people install them. */
@org.jspecify.annotations.NullMarked
package dev.drydock.e2e.packages;
