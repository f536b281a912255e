package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.declare.Export;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock export}. */
@Command(
        name = "export",
        description = {
            "Writes what is on the controller as files, one document each, that drydock apply takes.",
            "Files that say so already are left as they are, with their comments. No secret is ever written."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock export maintenance/",
            "  drydock export maintenance/ --kind window --kind calendar --yes",
            "  drydock export - --kind window"
        })
public final class ExportCommand implements Callable<Integer> {
    private final App app;

    @Parameters(
            paramLabel = "DIR|-",
            description = "The folder, made where there is none; - writes to standard output.")
    private String to = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only these: playbook, calendar, window, rollout, contract, policy or team; may be given again."
                            + " Default: all.")
    private List<String> kinds = List.of();

    @Option(names = "--yes", description = "Overwrite files that say something else without asking.")
    private boolean yes;

    public ExportCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        return new Export(app).run(to, kinds, yes);
    }
}
