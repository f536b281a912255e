/** From the first version to the newest, and back. */
@NullMarked
package dev.drydock.e2e.upgrade;

import org.jspecify.annotations.NullMarked;
