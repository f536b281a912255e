/**
 * Calendars of blackouts as they are kept: made, replaced, fetched anew and deleted. What they mean is calculated in
 * {@code window}.
 */
@NullMarked
package dev.drydock.controller.calendar;

import org.jspecify.annotations.NullMarked;
