/** Backups of a controller's data directory, made while it runs, and put back. */
@NullMarked
package dev.drydock.controller.backup;

import org.jspecify.annotations.NullMarked;
