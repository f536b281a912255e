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
    /** What pipelines read of tests; reports of compliance and contracts only. */
    JUNIT,
    /** A document to hand on, in one file; reports of compliance and contracts only. */
    HTML,
    /** The same for printers; never on a terminal. */
    PDF;

    /** Whether it is for people, as a file. */
    public boolean document() {
        return this == HTML || this == PDF;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
