/** Reports as files to hand on: HTML that needs no other file, and the same as PDF. */
@NullMarked
package dev.drydock.controller.document;

import org.jspecify.annotations.NullMarked;
