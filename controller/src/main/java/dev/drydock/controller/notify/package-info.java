/** What people and their tools are told: an outbox that survives every end of the controller, and the channels it empties into. */
@NullMarked
package dev.drydock.controller.notify;

import org.jspecify.annotations.NullMarked;
