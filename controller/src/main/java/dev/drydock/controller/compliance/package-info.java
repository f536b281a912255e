/** What a manager asks: which hosts are up to date, what was patched, what was rolled back and why. Pure. */
@NullMarked
package dev.drydock.controller.compliance;

import org.jspecify.annotations.NullMarked;
