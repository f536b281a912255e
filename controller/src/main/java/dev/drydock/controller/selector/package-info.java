/** Hosts by what people write of them. */
@NullMarked
package dev.drydock.controller.selector;

import org.jspecify.annotations.NullMarked;
