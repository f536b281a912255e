/** Tests of the program from its arguments to its output and exit code, against a double of the controller behind real TLS. */
@org.jspecify.annotations.NullMarked
package dev.drydock.cli;
