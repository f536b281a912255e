package dev.drydock.controller.compliance.fleet;

import java.time.LocalDate;

/** How a group of hosts stood on a day (UTC). */
public record TrendPoint(LocalDate day, Group group) {}
