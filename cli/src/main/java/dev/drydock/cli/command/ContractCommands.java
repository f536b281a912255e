package dev.drydock.cli.command;

import dev.drydock.cli.App;
import dev.drydock.cli.CliException;
import dev.drydock.cli.ExitCode;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractTerms;
import dev.drydock.proto.v1.CreateContractRequest;
import dev.drydock.proto.v1.DeleteContractRequest;
import dev.drydock.proto.v1.GetContractRequest;
import dev.drydock.proto.v1.ListContractsRequest;
import dev.drydock.proto.v1.ListContractsResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drydock contract}. */
@Command(
        name = "contract",
        description = "Service contracts: what was agreed with a client, and how soon.",
        footerHeading = "%nExamples:%n",
        footer = {"  drydock contract list", "  drydock contract show shop"})
public final class ContractCommands {
    private static final String NAME = "The contract's name.";
    private static final String NONE = "none";

    private final App app;

    public ContractCommands(App app) {
        this.app = app;
    }

    @Command(
            name = "create",
            description = {
                "Makes a contract: for these hosts and types of maintenance, how soon somebody answers, and how soon it"
                        + " is fixed for good.",
                "Every run and incident on these hosts is counted against it (drydock report contract)."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  drydock contract create shop --client Shop --hosts 'host.labels.client == \"shop\"' \\",
                "      --cover corrective:4h:3",
                "  drydock contract create bank --client Bank --hosts 'host.labels.client == \"bank\"' \\",
                "      --zone Asia/Tokyo --hours 08:30-17:30 --calendar holidays \\",
                "      --cover emergency:30m:1 --cover corrective:2h:3 --cover adaptive:none:none:charged"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--client", required = true, paramLabel = "CLIENT", description = "Whom it is with.")
                    String client,
            @Option(
                            names = "--hosts",
                            required = true,
                            paramLabel = "CEL",
                            description = "The hosts that it covers: CEL over host.")
                    String hosts,
            @Option(
                            names = "--zone",
                            paramLabel = "ZONE",
                            description = "IANA time zone of the client's business days. Default: yours.")
                    @Nullable
                    String zone,
            @Option(
                            names = "--days",
                            paramLabel = "DAY",
                            split = ",",
                            description = "Working days: monday,tuesday… Default: Monday to Friday.")
                    @Nullable
                    List<String> days,
            @Option(
                            names = "--hours",
                            paramLabel = "FROM-TO",
                            description = "Working hours; to 00:00 is to the end of the day. Default: 09:00-18:00.")
                    @Nullable
                    String hours,
            @Option(
                            names = "--calendar",
                            paramLabel = "NAME",
                            description = "A calendar whose blackouts are holidays; may be given more than once.")
                    @Nullable
                    List<String> calendars,
            @Option(
                            names = "--cover",
                            required = true,
                            paramLabel = "TERMS",
                            description =
                                    "What is covered, TYPE:RESPONSE:DAYS or TYPE:RESPONSE:DAYS:charged; may be given more"
                                            + " than once. TYPE: corrective, preventive, adaptive, perfective or"
                                            + " emergency; RESPONSE: a time to the answer, or none; DAYS: business days to"
                                            + " the permanent fix, or none; charged: apart.")
                    List<String> cover,
            @Option(names = "--replace", description = "Put it in the place of the contract of that name.")
                    boolean replace) {
        List<String> open = hours(hours);
        Contract made = app.api()
                .contracts()
                .createContract(CreateContractRequest.newBuilder()
                        .setName(name)
                        .setClient(client)
                        .setHosts(hosts)
                        .setZone(WindowStart.zone(zone, app.times().zone()).getId())
                        .addAllDays(Options.all(days))
                        .setOpens(open.getFirst())
                        .setCloses(open.getLast())
                        .addAllCalendars(Options.all(calendars))
                        .addAllTerms(cover.stream().map(ContractCommands::terms).toList())
                        .setReplace(replace)
                        .build());
        Output output = app.output();
        output.answer(made, List.of(made.getName()), () -> {
            List<String> lines = new ArrayList<>(List.of("Contract " + made.getName() + "."));
            made.getWarningsList().forEach(warning -> lines.add("! " + warning));
            return lines;
        });
        output.hint("Which hosts it covers: drydock contract show " + name);
        return ExitCode.DONE;
    }

    private static List<String> hours(@Nullable String written) {
        if (written == null) {
            return List.of("", "");
        }
        String[] parts = written.split("-", -1);
        if (parts.length != 2) {
            throw CliException.usage("--hours '" + written + "' are no hours.", "Write for example 09:00-18:00.");
        }
        return List.of(parts[0], parts[1]);
    }

    private static ContractTerms terms(String written) {
        String[] parts = written.split(":", -1);
        boolean charged = parts.length == 4 && parts[3].equals("charged");
        if (parts.length != 3 && !charged) {
            throw unclear(written);
        }
        ContractTerms.Builder terms = ContractTerms.newBuilder()
                .setType(IncidentWords.type("--cover", parts[0]))
                .setCharged(charged);
        if (!parts[1].equals(NONE)) {
            terms.setResponse(Times.message(Options.duration("--cover", parts[1])));
        }
        if (!parts[2].equals(NONE)) {
            if (!parts[2].matches("[1-9]\\d{0,3}")) {
                throw unclear(written);
            }
            terms.setFixBusinessDays(Integer.parseInt(parts[2]));
        }
        return terms.build();
    }

    private static CliException unclear(String written) {
        return CliException.usage(
                "--cover '" + written + "' is not clear.",
                "Write for example corrective:4h:3, or adaptive:none:none:charged.");
    }

    @Command(
            name = "list",
            description = "Lists the contracts and what they cover.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock contract list", "  drydock contract list --output json"})
    int list() {
        ListContractsResponse found = app.api().contracts().listContracts(ListContractsRequest.getDefaultInstance());
        Output output = app.output();
        output.answer(
                found, found.getContractsList().stream().map(Contract::getName).toList(), () -> {
                    Table table = Table.of("NAME", "CLIENT", "HOSTS", "COVERS", "");
                    found.getContractsList()
                            .forEach(one -> table.row(
                                    one.getName(),
                                    one.getClient(),
                                    one.getHosts(),
                                    String.join(
                                            ", ",
                                            one.getTermsList().stream()
                                                    .map(terms -> IncidentWords.word(terms.getType()))
                                                    .toList()),
                                    one.getWarningsCount() > 0 ? "! " + one.getWarnings(0) : ""));
                    return output.list(table, "No contracts. Make one with drydock contract create.");
                });
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows one contract, its terms, and the hosts that it covers now.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock contract show shop", "  drydock contract show shop --output yaml"})
    int show(@Parameters(paramLabel = "NAME", description = NAME) String name) {
        Contract contract = app.api()
                .contracts()
                .getContract(GetContractRequest.newBuilder().setName(name).build());
        Output output = app.output();
        output.answer(contract, List.of(name), () -> ContractView.whole(contract, output));
        return ExitCode.DONE;
    }

    @Command(
            name = "delete",
            description = "Deletes a contract. What was counted against it stays on record.",
            footerHeading = "%nExamples:%n",
            footer = {"  drydock contract delete shop", "  drydock contract delete shop --yes"})
    int delete(
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--yes", description = "Do not ask.") boolean yes) {
        app.confirm(yes, "Delete contract " + name + "?");
        var deleted = app.api()
                .contracts()
                .deleteContract(DeleteContractRequest.newBuilder().setName(name).build());
        app.output().answer(deleted, List.of(name), () -> List.of("Contract " + name + " is deleted."));
        return ExitCode.DONE;
    }
}
