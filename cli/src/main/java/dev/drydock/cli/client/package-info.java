/** The connection to the management plane. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli.client;
