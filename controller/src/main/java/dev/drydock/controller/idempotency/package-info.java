/** What clients asked for once and may ask for again without its being done twice. */
@NullMarked
package dev.drydock.controller.idempotency;

import org.jspecify.annotations.NullMarked;
