/** Whether the controller is alive and can be relied on now. Pure: what is checked is handed in. */
@NullMarked
package dev.drydock.controller.health;

import org.jspecify.annotations.NullMarked;
