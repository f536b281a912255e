package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.Contract;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.ContractTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Contracts and their reports, for people. */
final class ContractView {
    private ContractView() {}

    static List<String> whole(Contract contract, Output output) {
        Table table = Table.plain();
        table.row("name", contract.getName());
        table.row("client", contract.getClient());
        table.row("hosts", contract.getHosts());
        table.row(
                "business",
                String.join(
                                ", ",
                                contract.getDaysList().stream()
                                        .map(day -> day.toLowerCase(Locale.ROOT))
                                        .toList())
                        + " " + contract.getOpens() + "-" + contract.getCloses() + " " + contract.getZone());
        table.row("holidays", contract.getCalendarsCount() == 0 ? "-" : String.join(", ", contract.getCalendarsList()));
        table.row("created", output.times().atAndRelative(contract.getCreatedAt()));
        table.row(
                "covers",
                contract.getCoveredHostsCount() == 0
                        ? "no host"
                        : contract.getCoveredHostsCount() + ": "
                                + RolloutText.some(contract.getCoveredHostsList(), 20));
        List<String> lines = new ArrayList<>(output.render(table));
        lines.add("");
        Table terms = Table.of("TYPE", "RESPONSE", "FIX", "");
        contract.getTermsList()
                .forEach(one -> terms.row(
                        IncidentWords.word(one.getType()),
                        response(one),
                        one.getFixBusinessDays() == 0
                                ? "-"
                                : RolloutText.count(one.getFixBusinessDays(), "business day"),
                        one.getCharged() ? "charged" : "included"));
        lines.addAll(output.render(terms));
        contract.getWarningsList().forEach(warning -> lines.add("! " + warning));
        return lines;
    }

    private static String response(ContractTerms terms) {
        return terms.hasResponse() ? Units.text(Times.duration(terms.getResponse())) : "-";
    }

    static List<String> report(ContractReportResponse report, Output output) {
        Times times = output.times();
        List<String> lines = new ArrayList<>();
        lines.add(output.paint()
                .apply(
                        Style.BOLD,
                        "Contract " + report.getContract() + " with " + report.getClient() + ", "
                                + times.at(report.getFrom()) + " to " + times.at(report.getTo())));
        lines.add(summary(report));
        lines.add("");
        Table rows = Table.of(
                "TYPE", "SCOPE", "INCIDENTS", "RESPONSE", "FIX", "CHANGES", "SUCCEEDED", "ROLLED BACK", "FAILED");
        report.getRowsList()
                .forEach(row -> rows.row(
                        Cell.of(IncidentWords.word(row.getType())),
                        scope(row),
                        Cell.of(row.getIncidents()),
                        tally(row.getResponse()),
                        tally(row.getFix()),
                        Cell.of(row.getChanges()),
                        Cell.of(row.getSucceeded()),
                        Cell.of(row.getRolledBack()),
                        row.getFailed() == 0 ? Cell.of("0") : new Cell("" + row.getFailed(), Style.BAD)));
        lines.addAll(output.render(rows));
        if (report.getRolloutsCount() > 0) {
            lines.add("");
            Table rollouts = Table.of("ROLLOUT", "PLAYBOOK", "TYPE", "CHANGES", "SUCCEEDED", "ROLLED BACK", "FAILED");
            report.getRolloutsList()
                    .forEach(one -> rollouts.row(
                            one.getRollout(),
                            one.getPlaybook(),
                            IncidentWords.word(one.getType()),
                            "" + one.getChanges(),
                            "" + one.getSucceeded(),
                            "" + one.getRolledBack(),
                            "" + one.getFailed()));
            lines.addAll(output.render(rollouts));
        }
        if (report.getIncidentsCount() > 0) {
            lines.add("");
            lines.addAll(output.render(IncidentView.list(report.getIncidentsList(), output)));
        }
        return lines;
    }

    private static String summary(ContractReportResponse report) {
        int incidents = 0;
        int missed = 0;
        int outside = 0;
        int charged = 0;
        for (ContractReportRow row : report.getRowsList()) {
            incidents += row.getIncidents();
            missed += row.getResponse().getMissed() + row.getFix().getMissed();
            outside += row.getInScope() ? 0 : row.getIncidents() + row.getChanges();
            charged += row.getInScope() && row.getCharged() ? row.getIncidents() + row.getChanges() : 0;
        }
        return RolloutText.count(incidents, "incident") + ", "
                + (missed == 0 ? "every promise kept so far" : RolloutText.count(missed, "promise") + " missed") + "; "
                + outside + " out of scope, " + charged + " charged apart";
    }

    private static Cell scope(ContractReportRow row) {
        if (!row.getInScope()) {
            return new Cell("out of scope", Style.WARN);
        }
        return Cell.of(row.getCharged() ? "charged" : "included");
    }

    private static Cell tally(ClockTally tally) {
        List<String> parts = new ArrayList<>();
        add(parts, tally.getMet(), "met");
        add(parts, tally.getMissed(), "missed");
        add(parts, tally.getRunning(), "running");
        return tally.getMissed() > 0
                ? new Cell(String.join(", ", parts), Style.BAD)
                : Cell.orDash(String.join(", ", parts));
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
