/** {@code drydock}, the one command people type: a client of the management plane. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli;
