package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.OutputFormat;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.CancelRunRequest;
import dev.drydock.proto.v1.GetRunRequest;
import dev.drydock.proto.v1.ListRunsRequest;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.OutputChunk;
import dev.drydock.proto.v1.Run;
import dev.drydock.proto.v1.StreamOutputRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock run}. */
@Command(
        name = "run",
        description = "Runs: one playbook on one host.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock run list --rollout web-0001", "  drydock run logs -f r-01JDA7Q6P4M3X9ZC5V8T2K0BWE"})
public final class RunCommands {
    private static final String ID = "The run's id, as drydock run list shows it.";

    private final App app;

    public RunCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "list",
            description = "Lists runs, the newest first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock run list",
                "  drydock run list --rollout web-0001",
                "  drydock run list --host web-01 --limit 5"
            })
    int list(
            @Option(names = "--host", paramLabel = "NAME", description = "Only runs on this host.") @Nullable
                    String host,
            @Option(names = "--rollout", paramLabel = "NAME", description = "Only runs of this rollout.") @Nullable
                    String rollout,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "How many at most. Default: 50.")
                    int limit) {
        ListRunsResponse runs = app.api()
                .runs()
                .listRuns(ListRunsRequest.newBuilder()
                        .setHost(Options.orEmpty(host))
                        .setRollout(Options.orEmpty(rollout))
                        .setLimit(limit)
                        .build());
        Output output = app.output();
        output.answer(runs, runs.getRunsList().stream().map(Run::getId).toList(), () -> {
            Table table = Table.of("ID", "HOST", "STATE", "PLAYBOOK", "ROLLOUT", "OFFERED", "REASON");
            runs.getRunsList()
                    .forEach(run -> table.row(
                            Cell.of(run.getId()),
                            Cell.of(run.getHost()),
                            States.cell(run.getState()),
                            Cell.of(run.getPlaybook()),
                            Cell.orDash(run.getRollout()),
                            Cell.of(output.times().relative(run.getOfferedAt())),
                            Cell.orDash(run.getReason())));
            return output.list(table.withoutEmpty("ROLLOUT", "REASON"), "No runs.");
        });
        return 0;
    }

    @Command(
            name = "show",
            description = "Shows one run: its steps, what changed, and after a rollback how that was verified.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock run show r-01JDA7Q6P4M3X9ZC5V8T2K0BWE",
                "  drydock run show r-01JDA7Q6P4M3X9ZC5V8T2K0BWE --output json"
            })
    int show(@Parameters(paramLabel = "ID", description = ID) String id) {
        Run run = get(id);
        Output output = app.output();
        output.answer(run, List.of(run.getId()), () -> RunView.details(run, output));
        return 0;
    }

    @Command(
            name = "logs",
            description = "Prints a run's output as it came, and with -f goes on until the run ends.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock run logs r-01JDA7Q6P4M3X9ZC5V8T2K0BWE",
                "  drydock run logs -f r-01JDA7Q6P4M3X9ZC5V8T2K0BWE"
            })
    int logs(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Stay until the run ends.")
                    boolean follow) {
        if (app.output().format() != OutputFormat.TABLE) {
            throw CliException.usage(
                    "run logs prints the output as it is.", "Leave --output away; drydock run show has a JSON form.");
        }
        StreamOutputRequest request =
                StreamOutputRequest.newBuilder().setId(id).setFollow(follow).build();
        Iterator<OutputChunk> chunks = app.api().following().streamOutput(request);
        PrintStream out = app.environment().out();
        LogPrinter log = new LogPrinter(out, app.environment().terminal().output());
        while (chunks.hasNext()) {
            try {
                log.print(chunks.next().getData());
            } catch (IOException e) {
                throw CliException.failed("Cannot write the output: " + e.getMessage() + ".", "");
            }
            out.flush();
            if (out.checkError()) {
                return 0; // the reader has seen enough, as head(1) does
            }
        }
        if (follow) {
            Run run = get(id);
            app.output()
                    .hint(run.getHost() + ": " + States.word(run.getState())
                            + (run.getReason().isEmpty() ? "" : " (" + run.getReason() + ")"));
        }
        return 0;
    }

    @Command(
            name = "cancel",
            description = {
                "Cancels a run. If it has not begun it ends there.",
                "If it has, it goes on to its end, or with --roll-back goes back to where it came from."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock run cancel r-01JDA7Q6P4M3X9ZC5V8T2K0BWE",
                "  drydock run cancel r-01JDA7Q6P4M3X9ZC5V8T2K0BWE --roll-back --yes"
            })
    int cancel(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--roll-back", description = "Roll back what it has done.") boolean rollBack,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, rollBack ? "Cancel run " + id + " and roll back what it has done?" : "Cancel run " + id + "?");
        Run run = app.api()
                .runs()
                .cancelRun(CancelRunRequest.newBuilder()
                        .setId(id)
                        .setRollBack(rollBack)
                        .build());
        app.output()
                .answer(
                        run,
                        List.of(run.getId()),
                        () -> List.of("Cancel of run " + run.getId() + " on " + run.getHost()
                                + " is on record; it stands at: " + States.word(run.getState()) + "."));
        return 0;
    }

    private Run get(String id) {
        return app.api().runs().getRun(GetRunRequest.newBuilder().setId(id).build());
    }
}
