package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Csv;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.cli.output.Width;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.RolloutReportResponse;
import dev.drydock.proto.v1.RolloutSummary;
import dev.drydock.proto.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A rollout's report for people and for spreadsheets. */
final class RolloutReportView {
    private static final int NAMES_SHOWN = 4;

    private RolloutReportView() {}

    static List<String> lines(RolloutReportResponse report, Output output) {
        RolloutSummary summary = report.getSummary();
        List<String> lines = new ArrayList<>();
        lines.add(output.paint()
                .apply(
                        Style.BOLD,
                        summary.getName() + " (" + summary.getPlaybook() + "), " + States.word(summary.getState())
                                + ": " + counts(summary)));
        if (!report.getRollout().getReason().isEmpty()) {
            lines.add(Width.printable(report.getRollout().getReason()));
        }
        lines.add("");
        lines.addAll(output.list(hosts(report), "No runs yet."));
        Map<Change, List<String>> changes = changes(report);
        if (!changes.isEmpty()) {
            lines.add("");
            lines.addAll(output.render(table(changes)));
        }
        report.getRunsList().stream()
                .filter(run -> run.getState() == RunState.ROLLED_BACK || run.getState() == RunState.ROLLBACK_FAILED)
                .forEach(run -> lines.addAll(rolledBack(run, output)));
        return lines;
    }

    private static String counts(RolloutSummary summary) {
        List<String> parts = new ArrayList<>();
        parts.add(RolloutText.count(summary.getHosts(), "host"));
        add(parts, summary.getPatched(), "patched");
        add(parts, summary.getUnchanged(), "unchanged");
        add(parts, summary.getRolledBack(), "rolled back");
        add(parts, summary.getRollbackFailed(), "ROLLBACK FAILED");
        add(parts, summary.getNotDone(), "not done");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private static Table hosts(RolloutReportResponse report) {
        Table table = Table.of("HOST", "OUTCOME", "CHANGES", "TOOK", "RUN", "WHY");
        for (Run run : report.getRunsList()) {
            boolean took = run.getResult().hasTook();
            table.row(
                    Cell.of(run.getHost()),
                    States.cell(run.getState()),
                    Cell.of(run.getResult().getChangesCount()),
                    took ? Cell.of(RunView.took(Times.duration(run.getResult().getTook()))) : Cell.orDash(""),
                    Cell.of(run.getId()),
                    Cell.orDash(run.getReason()));
        }
        return table.withoutEmpty("CHANGES", "TOOK", "WHY");
    }

    /** What stayed changed, with the hosts on which it did. */
    private static Map<Change, List<String>> changes(RolloutReportResponse report) {
        Map<Change, List<String>> changes = new TreeMap<>(java.util.Comparator.comparing(Change::getKind)
                .thenComparing(Change::getName)
                .thenComparing(Change::getFrom)
                .thenComparing(Change::getTo));
        for (Run run : report.getRunsList()) {
            if (run.getState() != RunState.ROLLED_BACK) {
                run.getResult().getChangesList().forEach(change -> changes.computeIfAbsent(
                                change, c -> new ArrayList<>())
                        .add(run.getHost()));
            }
        }
        return changes;
    }

    private static Table table(Map<Change, List<String>> changes) {
        Table table = Table.of("CHANGED", "NAME", "FROM", "TO", "ON");
        changes.forEach((change, hosts) -> table.row(
                Cell.of(change.getKind()),
                Cell.of(change.getName()),
                Cell.orDash(change.getFrom()),
                Cell.orDash(change.getTo()),
                Cell.of(names(hosts))));
        return table;
    }

    private static String names(List<String> hosts) {
        String names = String.join(" ", hosts.stream().limit(NAMES_SHOWN).toList());
        return hosts.size() > NAMES_SHOWN ? names + " and " + (hosts.size() - NAMES_SHOWN) + " more" : names;
    }

    private static List<String> rolledBack(Run run, Output output) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                output.paint().apply(States.style(run.getState()), run.getHost() + " " + States.word(run.getState())));
        lines.add(
                "  why       " + Width.printable(run.getReason().isEmpty() ? "no reason was given" : run.getReason()));
        run.getResult()
                .getRollbackEvidenceList()
                .forEach(evidence -> lines.add("  verified  " + Width.printable(evidence)));
        lines.add("  more      drydock run show " + run.getId());
        return lines;
    }

    static List<String> csv(RolloutReportResponse report) {
        Csv csv = new Csv().row("host", "run", "outcome", "kind", "name", "from", "to", "reason");
        for (Run run : report.getRunsList()) {
            List<Change> changes = run.getResult().getChangesList();
            for (Change change : changes.isEmpty() ? List.of(Change.getDefaultInstance()) : changes) {
                csv.row(
                        run.getHost(),
                        run.getId(),
                        run.getState(),
                        change.getKind(),
                        change.getName(),
                        change.getFrom(),
                        change.getTo(),
                        run.getReason());
            }
        }
        return csv.lines();
    }
}
