package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.declare.Apply;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drydock apply}. */
@Command(
        name = "apply",
        description = {
            "Makes so what files say: playbooks, calendars, windows, rollouts, contracts, policies, teams; YAML that is kept"
                    + " in git.",
            "Shows first what would change, and asks. The same again changes nothing; what was cut off goes on.",
            "What the files hold is in docs/declarative.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drydock apply -f maintenance/ --dry-run",
            "  drydock apply -f maintenance/ --prune",
            "  drydock apply -f windows/ -f calendars/holidays.yaml --yes",
            "  drydock export - --kind window | drydock apply -f - --dry-run"
        })
public final class ApplyCommand implements Callable<Integer> {
    private final App app;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "DIR|FILE|-",
            description = "A folder with all *.yaml and *.yml below it, a file, or standard input; may be given again.")
    private List<String> from = List.of();

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--prune",
            description =
                    "Also remove windows, calendars, contracts and teams that are in no file, of each of these kinds that the"
                            + " files have at all. Never playbooks, policies or rollouts: they are the record.")
    private boolean prune;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    public ApplyCommand(App app) {
        this.app = app;
    }

    @Override
    public Integer call() {
        return new Apply(app).run(from, dryRun, prune, yes);
    }
}
