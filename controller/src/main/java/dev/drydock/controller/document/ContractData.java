package dev.drydock.controller.document;

import dev.drydock.controller.web.text.When;
import dev.drydock.controller.web.text.Words;
import dev.drydock.proto.v1.ContractReportResponse;
import dev.drydock.proto.v1.ContractReportRow;
import dev.drydock.proto.v1.Incident;
import dev.drydock.proto.v1.IncidentClock;
import java.util.List;

/** A contract's report for programs. */
final class ContractData {
    private ContractData() {}

    /** A line a type of maintenance. New columns come at the end. */
    static String csv(ContractReportResponse report) {
        Csv csv = new Csv()
                .row(
                        "contract",
                        "client",
                        "from",
                        "to",
                        "type",
                        "in_scope",
                        "charged",
                        "incidents",
                        "response_met",
                        "response_missed",
                        "response_running",
                        "fix_met",
                        "fix_missed",
                        "fix_running",
                        "changes",
                        "succeeded",
                        "rolled_back",
                        "failed");
        for (ContractReportRow row : report.getRowsList()) {
            csv.row(
                    report.getContract(),
                    report.getClient(),
                    When.instant(report.getFrom()),
                    When.instant(report.getTo()),
                    Words.of(row.getType()),
                    row.getInScope(),
                    row.getCharged(),
                    row.getIncidents(),
                    row.getResponse().getMet(),
                    row.getResponse().getMissed(),
                    row.getResponse().getRunning(),
                    row.getFix().getMet(),
                    row.getFix().getMissed(),
                    row.getFix().getRunning(),
                    row.getChanges(),
                    row.getSucceeded(),
                    row.getRolledBack(),
                    row.getFailed());
        }
        return csv.toString();
    }

    /** A suite an incident, a case a promise: what is missed has failed, what is not due yet is skipped. */
    static String junit(ContractReportResponse report) {
        return Junit.xml(
                "drydock contract " + report.getContract(),
                When.instant(report.getAt()),
                report.getIncidentsList().stream().map(ContractData::suite).toList());
    }

    private static Junit.Suite suite(Incident incident) {
        return new Junit.Suite(
                incident.getId() + " " + incident.getTitle(),
                List.of(promise("response", incident.getResponse()), promise("fix", incident.getFix())));
    }

    private static Junit.Case promise(String name, IncidentClock clock) {
        return switch (clock.getState()) {
            case CLOCK_MISSED ->
                new Junit.Case(
                        name,
                        Junit.Outcome.FAILURE,
                        "",
                        "missed" + (clock.hasDue() ? ": it was due " + When.instant(clock.getDue()) : ""));
            case CLOCK_RUNNING, CLOCK_STATE_UNSPECIFIED, UNRECOGNIZED ->
                new Junit.Case(name, Junit.Outcome.SKIPPED, "", clock.hasDue() ? "not due yet" : "nothing is promised");
            case CLOCK_STOPPED -> new Junit.Case(name, Junit.Outcome.SKIPPED, "", "nothing is promised");
            case CLOCK_MET -> Junit.Case.passed(name);
        };
    }
}
