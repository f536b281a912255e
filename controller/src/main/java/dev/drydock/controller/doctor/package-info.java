/** What keeps a controller from starting or from answering, looked at from beside it, in words, with what to do. Writes nothing. */
@NullMarked
package dev.drydock.controller.doctor;

import org.jspecify.annotations.NullMarked;
