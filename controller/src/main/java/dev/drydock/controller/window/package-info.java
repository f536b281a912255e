/** Maintenance windows: when a rollout may start runs. Pure: no I/O, no clock of its own, zone rules of {@code java.time} only. */
@NullMarked
package dev.drydock.controller.window;

import org.jspecify.annotations.NullMarked;
