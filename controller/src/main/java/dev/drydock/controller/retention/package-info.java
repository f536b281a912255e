/** How long the past is kept, and how it goes without holding anybody up. */
@NullMarked
package dev.drydock.controller.retention;

import org.jspecify.annotations.NullMarked;
