@org.jspecify.annotations.NullMarked
package dev.drydock.cli.assess;
