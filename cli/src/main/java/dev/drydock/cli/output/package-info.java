/** Printing: tables, times, colours, and the stable formats for scripts. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.output;
