/** What is written by others, at its worst. */
@org.jspecify.annotations.NullMarked
package dev.drydock.controller.markup;
