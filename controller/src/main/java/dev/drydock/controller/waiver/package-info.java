/** Waivers: what is let pass on some hosts for a time, and who said so. Pure. */
@NullMarked
package dev.drydock.controller.waiver;

import org.jspecify.annotations.NullMarked;
