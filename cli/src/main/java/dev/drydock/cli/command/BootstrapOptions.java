package dev.drydock.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What bootstrap puts on hosts. */
final class BootstrapOptions {
    @Option(
            names = "--controller",
            paramLabel = "HOST[:PORT]",
            description = "Where hosts reach the controller. Default: as you do, port 7443.")
    @Nullable
    String controller;

    @Option(
            names = "--package",
            paramLabel = "FILE",
            description =
                    "An agent: .deb, .rpm or the folder drydock-agent; may be given again, each host gets what fits it."
                            + " Default: what lies beside this program's folder.")
    @Nullable
    List<Path> packages;

    @Option(
            names = {"--check", "--dry-run"},
            description = "Log in, look, and say what would be done. Changes nothing.")
    boolean check;

    @Option(
            names = "--enrol-anew",
            description = "A host that is enrolled elsewhere, or was revoked, gives its identity up for a new one.")
    boolean enrolAnew;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "90s",
            description = "How long until the controller sees a host connected. Default: 90s.")
    String wait = "90s";
}
