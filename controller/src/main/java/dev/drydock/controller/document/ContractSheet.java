package dev.drydock.controller.document;

import dev.drydock.controller.web.text.When;
import dev.drydock.controller.web.text.Words;
import dev.drydock.proto.v1.ClockTally;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the document of a contract's report tells, and how much it leaves out. */
public record ContractSheet(ContractReportResponse report, When when) {
    private static final int MOST = 500;
    private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

    static ContractSheet of(ContractReportResponse report, ZoneId zone) {
        return new ContractSheet(report, new When(When.instant(report.getAt()), zone));
    }

    public String made() {
        return at(when.now()) + " " + when.zoneName();
    }

    public String period() {
        return at(When.instant(report.getFrom())) + " to " + at(When.instant(report.getTo()));
    }

    private String at(Instant instant) {
        return MADE.format(instant.atZone(when.zone()));
    }

    public List<Incident> incidents() {
        return report.getIncidentsList().stream().limit(MOST).toList();
    }

    public int more() {
        return report.getIncidentsCount() - incidents().size();
    }

    public int missed() {
        return report.getRowsList().stream()
                .mapToInt(row -> row.getResponse().getMissed() + row.getFix().getMissed())
                .sum();
    }

    public int changes() {
        return report.getRowsList().stream()
                .mapToInt(ContractReportRow::getChanges)
                .sum();
    }

    /** One line of it. */
    String summary() {
        return Words.count(report.getIncidentsCount(), "incident") + ", "
                + (missed() == 0 ? "every promise kept so far" : Words.count(missed(), "promise") + " missed") + ", "
                + Words.count(changes(), "change");
    }

    public static String scope(ContractReportRow row) {
        return !row.getInScope() ? "out of scope" : row.getCharged() ? "charged" : "included";
    }

    public static String tally(ClockTally tally) {
        List<String> parts = Stream.of(
                        tally.getMet() == 0 ? "" : tally.getMet() + " met",
                        tally.getMissed() == 0 ? "" : tally.getMissed() + " missed",
                        tally.getRunning() == 0 ? "" : tally.getRunning() + " running")
                .filter(part -> !part.isEmpty())
                .toList();
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }

    public static String clock(IncidentClock clock) {
        return Words.of(clock.getState());
    }

    /** Cut, so that a row stays a row. */
    public static String cut(String text, int most) {
        return Text.cut(text, most);
    }
}
