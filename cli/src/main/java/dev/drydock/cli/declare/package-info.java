/** What files say is to be there, what is there, and the way from one to the other. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.declare;
