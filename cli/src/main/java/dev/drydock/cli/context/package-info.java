/** Which controller to talk to, and with what. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.context;
