/** Looking at hosts that have no agent: what they are and what waits on them, without a change. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.assess;
