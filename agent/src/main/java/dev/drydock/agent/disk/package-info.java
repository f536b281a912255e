/** Files that survive a crash. */
@NullMarked
package dev.drydock.agent.disk;

import org.jspecify.annotations.NullMarked;
