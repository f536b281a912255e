package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.States;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.cli.output.Times;
import dev.drydock.playbooks.model.Units;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.ComplianceState;
import dev.drydock.proto.v1.HostCompliance;
import dev.drydock.proto.v1.RolloutSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The compliance report for people and for spreadsheets. */
final class ComplianceView {
    private ComplianceView() {}

    static List<String> lines(ComplianceReportResponse report, Output output) {
        List<String> lines = new ArrayList<>();
        lines.add(output.paint().apply(Style.BOLD, summary(report)));
        if (report.hasTotals()) {
            lines.add(StandingView.summary(report));
        }
        lines.add("");
        lines.addAll(output.list(hosts(report, output.times()), "No hosts."));
        lines.addAll(StandingView.sections(report, output));
        if (report.getRolloutsCount() > 0) {
            lines.add("");
            lines.addAll(output.render(rollouts(report, output.times())));
        }
        return lines;
    }

    static String summary(ComplianceReportResponse report) {
        List<String> parts = new ArrayList<>();
        int share = report.getHosts() == 0 ? 0 : Math.floorDiv(100 * report.getCompliant(), report.getHosts());
        parts.add("%d of %s compliant%s"
                .formatted(
                        report.getCompliant(),
                        RolloutText.count(report.getHosts(), "host"),
                        report.getHosts() == 0 ? "" : ", " + share + " %"));
        if (report.getLate() > 0) {
            parts.add(report.getLate() + " late (security updates pending for more than "
                    + Units.text(Times.duration(report.getGrace())) + ")");
        }
        if (report.getPending() > 0) {
            parts.add(report.getPending() + " with updates pending");
        }
        if (report.getUnknown() > 0) {
            parts.add(report.getUnknown() + " unknown");
        }
        return String.join("; ", parts);
    }

    private static Table hosts(ComplianceReportResponse report, Times times) {
        Table table =
                Table.of("HOST", "STATE", "SECURITY", "OLDEST", "OTHER", "REBOOT", "LAST RUN", "LAST SEEN", "SAYS");
        report.getRowsList().stream()
                .sorted(Comparator.comparingInt((HostCompliance row) -> urgency(row.getState()))
                        .thenComparing(HostCompliance::getHost))
                .forEach(row -> table.row(
                        Cell.of(row.getHost()),
                        States.cell(row.getState()),
                        Cell.of(row.getPendingSecurity()),
                        oldest(row),
                        Cell.of(row.getPendingTotal() - row.getPendingSecurity()),
                        row.getRebootRequired() ? new Cell("required", Style.WARN) : Cell.orDash(""),
                        Cell.orDash(outcome(row.getLastOutcome())),
                        Cell.of(times.relative(row.getLastSeen())),
                        Cell.orDash(row.getReason())));
        return table.withoutEmpty("OLDEST", "OTHER", "REBOOT", "LAST RUN", "SAYS");
    }

    private static Cell oldest(HostCompliance row) {
        if (!row.hasOldestAge() || row.getPendingSecurity() == 0) {
            return Cell.orDash("");
        }
        String age = Times.rough(Times.duration(row.getOldestAge()));
        return Cell.of(row.getOldestPackage().isEmpty() ? age : age + ", " + row.getOldestPackage());
    }

    private static int urgency(ComplianceState state) {
        return switch (state) {
            case LATE -> 0;
            case UNKNOWN, COMPLIANCE_STATE_UNSPECIFIED, UNRECOGNIZED -> 1;
            case UPDATES_PENDING -> 2;
            case COMPLIANT -> 3;
        };
    }

    private static String outcome(String outcome) {
        return Arrays.stream(RunState.values())
                .filter(state -> state.name().equals(outcome))
                .findFirst()
                .map(States::word)
                .orElse(outcome);
    }

    private static Table rollouts(ComplianceReportResponse report, Times times) {
        Table table = Table.of(
                "ROLLOUT",
                "PLAYBOOK",
                "STATE",
                "HOSTS",
                "PATCHED",
                "UNCHANGED",
                "ROLLED BACK",
                "ROLLBACK FAILED",
                "NOT DONE",
                "ENDED");
        for (RolloutSummary rollout : report.getRolloutsList()) {
            table.row(
                    Cell.of(rollout.getName()),
                    Cell.of(rollout.getPlaybook()),
                    States.cell(rollout.getState()),
                    Cell.of(rollout.getHosts()),
                    Cell.of(rollout.getPatched()),
                    Cell.of(rollout.getUnchanged()),
                    alarming(rollout.getRolledBack(), Style.WARN),
                    alarming(rollout.getRollbackFailed(), Style.BAD),
                    Cell.of(rollout.getNotDone()),
                    Cell.of(times.relative(rollout.getEndedAt())));
        }
        return table.withoutEmpty("UNCHANGED", "ROLLED BACK", "ROLLBACK FAILED", "NOT DONE");
    }

    private static Cell alarming(int count, Style style) {
        return count == 0 ? Cell.of("0") : new Cell(Integer.toString(count), style);
    }
}
