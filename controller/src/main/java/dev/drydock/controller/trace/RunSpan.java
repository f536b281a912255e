package dev.drydock.controller.trace;

import java.time.Instant;
import java.util.Map;

/**
 * A part of a run's trace that is over.
 *
 * @param key unique within the run; {@link #ROOT} for the run itself, of which all others are children
 * @param end not before the start, also where two clocks do not agree
 * @param attributes few, short, and without anything that a step printed
 * @param failed whether it ended as nobody wanted
 */
record RunSpan(String key, String name, Instant start, Instant end, Map<String, String> attributes, boolean failed) {
    static final String ROOT = "run";

    RunSpan {
        end = end.isBefore(start) ? start : end;
        attributes = Map.copyOf(attributes);
    }

    boolean isRoot() {
        return key.equals(ROOT);
    }
}
