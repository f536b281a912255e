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
    JUNIT,
    /** A document to hand on, in one file; the compliance report only. */
    HTML,
    /** The same for printers; never on a terminal. */
    PDF;

    /** Whether it is a file that the controller makes. */
    public boolean document() {
        return this == HTML || this == PDF;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
