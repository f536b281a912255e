/** Ready playbooks. */
@NullMarked
package dev.drydock.playbooks.library;

import org.jspecify.annotations.NullMarked;
