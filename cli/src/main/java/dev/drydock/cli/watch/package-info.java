/** The live view of a rollout. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.watch;
