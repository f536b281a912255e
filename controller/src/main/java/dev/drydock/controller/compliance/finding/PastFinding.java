package dev.drydock.controller.compliance.finding;

import java.time.Instant;
import java.util.Optional;

/** @param resolvedAt empty: it is still there */
public record PastFinding(Finding finding, Optional<Instant> resolvedAt, Optional<HostChanges.Resolution> resolution) {}
