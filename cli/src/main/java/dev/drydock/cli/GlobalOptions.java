package dev.drydock.cli;

import dev.drydock.cli.output.OutputFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
public final class GlobalOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            scope = ScopeType.INHERIT,
            description =
                    "How to print: ${COMPLETION-CANDIDATES} (csv: reports only; junit, html, pdf: report compliance only). Default: table.")
    OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print names or ids only.")
    boolean quiet;

    @Option(names = "--utc", scope = ScopeType.INHERIT, description = "Print times in UTC.")
    boolean utc;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description =
                    "Controller to talk to, as named by `drydock login` (else DRYDOCK_CONTEXT, else the last login).")
    @Nullable
    String context;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    boolean help;
}
