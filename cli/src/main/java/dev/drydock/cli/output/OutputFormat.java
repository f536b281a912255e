package dev.drydock.cli.output;

import java.util.Locale;

/** How a command prints its answer. */
public enum OutputFormat {
    /** For people. Not stable. */
    TABLE,
    /** Protobuf JSON, stable. */
    JSON,
    /** The same tree as JSON. */
    YAML,
    /** RFC 4180 with a header line; reports only. */
    CSV,
    /** What pipelines read of tests; the compliance report only. */
    JUNIT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
