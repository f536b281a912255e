/** Backups of the managed system: what they are made of, where they lie, and whether they restore. */
@NullMarked
package dev.drydock.agent.backup;

import org.jspecify.annotations.NullMarked;
