package dev.drydock.controller.diagnosis;

import java.time.Instant;
import java.util.List;

/** A look at one thing. Its failure is a finding too: {@link Checkup} makes it one. */
@FunctionalInterface
public interface Examination {
    List<Finding> examine(Instant now) throws Exception;
}
