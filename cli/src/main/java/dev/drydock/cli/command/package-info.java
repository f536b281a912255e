/** The commands, one class a noun. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.command;
