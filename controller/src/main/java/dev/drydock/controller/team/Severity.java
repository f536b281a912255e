package dev.drydock.controller.team;

import java.util.Locale;

/** How much something is worth hearing of; each more than those before. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    public boolean atLeast(Severity other) {
        return compareTo(other) >= 0;
    }

    /** {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
