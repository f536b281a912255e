package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.proto.v1.GetIncidentRequest;
import dev.drydock.proto.v1.HandOverIncidentRequest;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentChangeRequest;
import dev.drydock.proto.v1.ListIncidentsRequest;
import dev.drydock.proto.v1.ListIncidentsResponse;
import dev.drydock.proto.v1.OpenIncidentRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock incident}. */
@Command(
        name = "incident",
        description = "Incidents: what went wrong, who has it in hand, and until when it is due.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock incident list", "  drydock incident respond i-17 --comment 'on it'"})
public final class IncidentCommands {
    private static final String ID = "The incident's id, as the list has it.";
    private static final String COMMENT = "What there is to say; kept with the move.";
    private static final int DEFAULT_LIMIT = 50;

    private final App app;

    public IncidentCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "list",
            description = "Lists incidents, the newest first; closed ones only when asked for.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident list", "  drydock incident list --contract shop --state handed-over"})
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only open, responded, handed-over, resolved or closed ones.")
                    @Nullable
                    String state,
            @Option(names = "--all", description = "Closed ones too.") boolean all,
            @Option(names = "--contract", paramLabel = "NAME", description = "Only of this contract.") @Nullable
                    String contract,
            @Option(names = "--host", paramLabel = "HOST", description = "Only of this host.") @Nullable String host,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + DEFAULT_LIMIT,
                            description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
                    int limit) {
        if (limit < 1 || limit > 1000) {
            throw CliException.usage("--limit: " + limit + " is not from 1 to 1000.", "Write a number from 1 to 1000.");
        }
        ListIncidentsResponse found = app.api()
                .incidents()
                .listIncidents(ListIncidentsRequest.newBuilder()
                        .setState(IncidentWords.state(state))
                        .setAll(all)
                        .setContract(Options.orEmpty(contract))
                        .setHost(Options.orEmpty(host))
                        .setPageSize(limit)
                        .build());
        Output output = app.output();
        output.answer(
                found,
                found.getIncidentsList().stream().map(Incident::getId).toList(),
                () -> output.list(IncidentView.list(found.getIncidentsList(), output), "No incidents."));
        if (!found.getNextPageToken().isEmpty()) {
            output.hint("There are more: --limit.");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one incident: its clocks, its hosts, what later runs show, and all that was done.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident show i-17", "  drydock incident show i-17 --output json"})
    int show(@Parameters(paramLabel = "ID", description = ID) String id) {
        Incident incident = app.api()
                .incidents()
                .getIncident(GetIncidentRequest.newBuilder().setId(id).build());
        Output output = app.output();
        output.answer(incident, List.of(id), () -> IncidentView.whole(incident, output));
        return ExitCode.DONE;
    }

    @Command(
            name = "open",
            description = "Opens an incident by hand. Runs that fail open theirs by themselves.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock incident open --host web-05 --title 'Slow since noon'",
                "  drydock incident open --host db-01 --host db-02 --title 'No replication' --type emergency"
            })
    int open(
            @Option(
                            names = "--host",
                            required = true,
                            paramLabel = "HOST",
                            description = "A host that it is about; may be given more than once.")
                    List<String> hosts,
            @Option(names = "--title", required = true, paramLabel = "TEXT", description = "One line.") String title,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "corrective",
                            description = "By which terms: corrective, preventive, adaptive, perfective or emergency."
                                    + " Default: ${DEFAULT-VALUE}.")
                    String type,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = COMMENT)
                    String comment) {
        return done(app.api()
                .incidents()
                .openIncident(OpenIncidentRequest.newBuilder()
                        .addAllHosts(hosts)
                        .setTitle(title)
                        .setType(IncidentWords.type("--type", type))
                        .setComment(comment)
                        .build()));
    }

    @Command(
            name = "respond",
            description = "Says that somebody has it in hand: the first clock stops.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident respond i-17", "  drydock incident respond i-17 --comment 'on it'"})
    int respond(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = COMMENT)
                    String comment) {
        return done(app.api().incidents().respondToIncident(change(id, comment)));
    }

    @Command(
            name = "hand-over",
            description = "Hands it over from operation to maintenance, or back.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock incident hand-over i-17 --comment 'needs a patch of nginx'",
                "  drydock incident hand-over i-17 --to operation --comment 'patch is in the archive'"
            })
    int handOver(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--to",
                            paramLabel = "WHOM",
                            defaultValue = "maintenance",
                            description = "maintenance or operation. Default: ${DEFAULT-VALUE}.")
                    String to,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = COMMENT)
                    String comment) {
        if (!to.equals("maintenance") && !to.equals("operation")) {
            throw CliException.usage("--to: '" + to + "' takes no incidents.", "Write maintenance or operation.");
        }
        return done(app.api()
                .incidents()
                .handOverIncident(HandOverIncidentRequest.newBuilder()
                        .setId(id)
                        .setToOperation(to.equals("operation"))
                        .setComment(comment)
                        .build()));
    }

    @Command(
            name = "resolve",
            description = "Says that it is fixed for good: the second clock stops.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident resolve i-17 --comment 'nginx 1.26.3 everywhere'"})
    int resolve(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = COMMENT)
                    String comment) {
        return done(app.api().incidents().resolveIncident(change(id, comment)));
    }

    @Command(
            name = "close",
            description = "Closes one that is resolved: nothing more is said of it.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident close i-17 --comment 'agreed with the client'"})
    int close(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = COMMENT)
                    String comment) {
        return done(app.api().incidents().closeIncident(change(id, comment)));
    }

    @Command(
            name = "comment",
            description = "Puts a comment on record.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock incident comment i-17 'the client was called'"})
    int comment(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Parameters(paramLabel = "TEXT", description = "What there is to say.") String text) {
        return done(app.api().incidents().commentIncident(change(id, text)));
    }

    private static IncidentChangeRequest change(String id, String comment) {
        return IncidentChangeRequest.newBuilder().setId(id).setComment(comment).build();
    }

    private int done(Incident incident) {
        Output output = app.output();
        output.answer(incident, List.of(incident.getId()), () -> IncidentView.done(incident, output));
        return ExitCode.DONE;
    }
}
