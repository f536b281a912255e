package dev.drydock.controller.reporting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drydock.controller.notify.Attachment;
import dev.drydock.controller.notify.Message;
import dev.drydock.controller.notify.WebhookEvent;
import dev.drydock.controller.team.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What comes with a report. Pure. */
final class ReportMessage {
    private static final Duration GOOD_FOR = Duration.ofDays(3);
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", Locale.ENGLISH);

    private ReportMessage() {}

    /** @param address of the controller's pages, {@code https://NAME:PORT} */
    static Message of(ReportSchedule schedule, Sending sending, String address) {
        String what =
                schedule.kind() == ReportKind.CONTRACT ? "Report of contract " + schedule.what() : "Compliance report";
        String link = address + link(schedule);
        return new Message(
                sending.about(),
                what + ": " + schedule.name(),
                text(schedule, sending, what, link),
                WebhookEvent.json("report.made", sending.madeAt(), data -> fill(data, schedule, sending, link)),
                sending.madeAt().plus(GOOD_FOR),
                Severity.INFO,
                "");
    }

    private static String text(ReportSchedule schedule, Sending sending, String what, String link) {
        List<String> lines = new ArrayList<>();
        lines.add(what + " of schedule " + schedule.name() + ", as " + schedule.owner() + " may see it.");
        if (schedule.kind() == ReportKind.COMPLIANCE && !schedule.what().isEmpty()) {
            lines.add("Hosts: " + schedule.what());
        }
        lines.add("");
        lines.add(sending.summary());
        lines.add("");
        lines.add(timing(sending, schedule.times().zone()));
        if (sending.size() > Attachment.MOST_BY_MAIL) {
            lines.add("The file " + sending.fileName() + " has " + sending.size()
                    + " bytes, too many for a mail: read it at");
        } else {
            lines.add("The file is " + sending.fileName() + ". As things are now:");
        }
        lines.add(link);
        return String.join("\n", lines) + "\n";
    }

    /** When it was due and made, and what it stands for. */
    static String timing(Sending sending, ZoneId zone) {
        if (sending.manual()) {
            return "Made when " + sending.by() + " asked for it, " + when(sending.madeAt(), zone) + ".";
        }
        String due = "It was due " + when(sending.dueAt(), zone) + ".";
        String late = sending.late() ? " It comes late: it was made " + when(sending.madeAt(), zone) + "." : "";
        String missed = sending.missed() == 0
                ? ""
                : " It stands for " + sending.missed() + " earlier "
                        + (sending.missed() == 1 ? "time" : "times")
                        + " too, at which the controller was not running.";
        return due + late + missed;
    }

    private static String when(Instant at, ZoneId zone) {
        return WHEN.format(at.atZone(zone)) + " " + zone.getId();
    }

    private static String link(ReportSchedule schedule) {
        return schedule.kind() == ReportKind.CONTRACT
                ? "/contracts/" + schedule.what()
                : "/reports?filter=" + URLEncoder.encode(schedule.what(), StandardCharsets.UTF_8);
    }

    private static void fill(ObjectNode data, ReportSchedule schedule, Sending sending, String link) {
        data.put("schedule", schedule.name())
                .put("report", schedule.kind().name().toLowerCase(Locale.ROOT))
                .put(schedule.kind() == ReportKind.CONTRACT ? "contract" : "filter", schedule.what())
                .put("owner", schedule.owner())
                .put("due", sending.dueAt().toString())
                .put("late", sending.late())
                .put("missed", sending.missed())
                .put("by", sending.by())
                .put("summary", sending.summary())
                .put("link", link)
                .putObject(Attachment.FIELD)
                .put("name", sending.fileName())
                .put("type", sending.type())
                .put("size", sending.size());
    }
}
