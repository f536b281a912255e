package dev.drydock.cli.command;

import dev.drydock.cli.output.Cell;
import dev.drydock.cli.output.Output;
import dev.drydock.cli.output.Style;
import dev.drydock.cli.output.Table;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import java.util.ArrayList;
import java.util.List;

/** Report schedules as people read them. */
final class ReportScheduleView {
    private ReportScheduleView() {}

    static String what(ReportScheduleSpec spec) {
        String report = spec.getKind() == ReportKind.REPORT_CONTRACT
                ? "contract " + spec.getContract()
                : "compliance" + (spec.getFilter().isEmpty() ? "" : " of " + spec.getFilter());
        return report + ", " + ReportScheduleFlags.word(spec.getFormat());
    }

    static String recipients(ReportScheduleSpec spec) {
        List<String> all = new ArrayList<>(spec.getMailList());
        if (!spec.getWebhook().isEmpty()) {
            all.add(spec.getWebhook());
        }
        spec.getTeamsList().forEach(team -> all.add("team " + team));
        return String.join(", ", all);
    }

    static String next(ReportSchedule schedule, Output output) {
        if (schedule.getSpec().getPaused()) {
            return "paused";
        }
        return schedule.hasNextAt() ? output.times().at(schedule.getNextAt()) : "never again";
    }

    static Cell last(ReportSchedule schedule, Output output) {
        return schedule.getSendingsCount() == 0
                ? Cell.orDash("")
                : outcome(
                        schedule.getSendings(0),
                        output.times().at(schedule.getSendings(0).getMadeAt()) + " ");
    }

    static List<String> whole(ReportSchedule schedule, Output output) {
        ReportScheduleSpec spec = schedule.getSpec();
        Table table = Table.plain();
        table.row("name", schedule.getName());
        table.row("report", what(spec));
        table.row("recurs", spec.getRrule().isEmpty() ? "once" : spec.getRrule());
        table.row("from", spec.getStart() + " " + spec.getZone());
        table.row("to", recipients(spec));
        table.row("owner", schedule.getOwner() + ", as this user may see it");
        table.row("created", output.times().atAndRelative(schedule.getCreatedAt()));
        table.row("next", next(schedule, output));
        List<String> lines = new ArrayList<>(output.render(table));
        schedule.getWarningsList().forEach(warning -> lines.add("! " + warning));
        if (schedule.getSendingsCount() > 0) {
            lines.add("");
            Table sendings = Table.of("DUE", "MADE", "FILE", "OUTCOME", "");
            schedule.getSendingsList()
                    .forEach(one -> sendings.row(
                            Cell.of(output.times().at(one.getDueAt())),
                            Cell.of(output.times().at(one.getMadeAt())),
                            Cell.orDash(one.getFileName()),
                            outcome(one, ""),
                            Cell.of(remark(one))));
            lines.addAll(output.render(sendings));
        }
        return lines;
    }

    static Cell outcome(ReportSending sending, String before) {
        return switch (sending.getState()) {
            case REPORT_SENT -> new Cell(before + "✔ sent", Style.GOOD);
            case REPORT_PENDING -> new Cell(before + "· on its way", Style.WARN);
            case REPORT_FAILED -> new Cell(before + "! " + given(sending), Style.BAD);
            case REPORT_REFUSED -> new Cell(before + "✗ not made", Style.BAD);
            case REPORT_SENDING_STATE_UNSPECIFIED, UNRECOGNIZED -> Cell.of(before + "not known any more");
        };
    }

    private static String given(ReportSending sending) {
        long failed = sending.getNotificationsList().stream()
                .filter(one -> one.getState() == NotificationState.NOTIFICATION_FAILED)
                .count();
        return failed == 0
                ? "nobody"
                : "given up for "
                        + String.join(
                                ", ",
                                sending.getNotificationsList().stream()
                                        .filter(one -> one.getState() == NotificationState.NOTIFICATION_FAILED)
                                        .map(Notification::getTarget)
                                        .toList());
    }

    private static String remark(ReportSending sending) {
        List<String> all = new ArrayList<>();
        if (!sending.getBy().isEmpty()) {
            all.add("asked for by " + sending.getBy());
        }
        if (sending.getLate()) {
            all.add("late");
        }
        if (sending.getMissed() > 0) {
            all.add("for " + RolloutText.count(sending.getMissed(), "earlier time") + " too");
        }
        if (!sending.getProblem().isEmpty()) {
            all.add(sending.getProblem());
        }
        return String.join("; ", all);
    }
}
