/** Machines that are reached over SSH, as a file lists them. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.inventory;
