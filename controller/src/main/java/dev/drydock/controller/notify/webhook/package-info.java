/** Webhooks, signed. */
@NullMarked
package dev.drydock.controller.notify.webhook;

import org.jspecify.annotations.NullMarked;
