/** Words, times and numbers as people read them. Pure. */
@NullMarked
package dev.drydock.controller.web.text;

import org.jspecify.annotations.NullMarked;
