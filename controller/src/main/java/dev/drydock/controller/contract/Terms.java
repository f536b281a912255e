package dev.drydock.controller.contract;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a contract promises for one type of maintenance.
 *
 * @param response from the opening of an incident to the answer, by the clock; empty: none is promised
 * @param fixDays business days to the permanent fix; empty: none is promised
 * @param included false: charged apart
 */
public record Terms(Optional<Duration> response, OptionalInt fixDays, boolean included) {}
