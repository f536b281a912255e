package dev.drydock.controller.api;

import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.reporting.ReportFormat;
import dev.drydock.controller.reporting.ReportKind;
import dev.drydock.controller.reporting.ReportSchedule;
import dev.drydock.controller.reporting.ReportScheduleDraft;
import dev.drydock.controller.reporting.Sending;
import dev.drydock.controller.team.Teams;
import dev.drydock.controller.team.Webhook;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Report schedules between the API and the controller. Secrets go in and never out. */
final class ReportScheduleMapper {
    private static final String FORMAT = "DOCUMENT_";
    /** For as long what became of it is on record. */
    private static final Duration KNOWN = Duration.ofDays(90);

    private ReportScheduleMapper() {}

    static ReportScheduleDraft draft(String name, ReportScheduleSpec spec, String secret) {
        List<String> problems = new ArrayList<>();
        if (spec.getKind() == dev.drydock.proto.v1.ReportKind.UNRECOGNIZED) {
            problems.add("kind: is " + spec.getKindValue() + "; take REPORT_COMPLIANCE or REPORT_CONTRACT");
        }
        ReportService.known(spec.getFormat(), spec.getFormatValue(), problems);
        if (!problems.isEmpty()) {
            throw Refusals.invalid(problems);
        }
        return new ReportScheduleDraft(
                name,
                spec.getKind() == dev.drydock.proto.v1.ReportKind.REPORT_CONTRACT
                        ? ReportKind.CONTRACT
                        : ReportKind.COMPLIANCE,
                spec.getFilter(),
                spec.getContract(),
                spec.getFormat() == DocumentFormat.DOCUMENT_FORMAT_UNSPECIFIED
                        ? ReportFormat.PDF
                        : ReportFormat.valueOf(spec.getFormat().name().substring(FORMAT.length())),
                spec.getRrule(),
                spec.getStart(),
                spec.getZone(),
                spec.getMailList(),
                spec.getWebhook(),
                secret,
                spec.getTeamsList(),
                spec.getPaused());
    }

    static DocumentFormat format(ReportFormat format) {
        return DocumentFormat.valueOf(FORMAT + format.name());
    }

    /** Without next time, sendings and warnings. */
    static dev.drydock.proto.v1.ReportSchedule.Builder message(ReportSchedule schedule) {
        boolean contract = schedule.kind() == ReportKind.CONTRACT;
        return dev.drydock.proto.v1.ReportSchedule.newBuilder()
                .setName(schedule.name())
                .setOwner(schedule.owner())
                .setCreatedAt(Times.timestamp(schedule.createdAt()))
                .setEtag(schedule.etag())
                .setSpec(ReportScheduleSpec.newBuilder()
                        .setKind(
                                contract
                                        ? dev.drydock.proto.v1.ReportKind.REPORT_CONTRACT
                                        : dev.drydock.proto.v1.ReportKind.REPORT_COMPLIANCE)
                        .setFilter(contract ? "" : schedule.what())
                        .setContract(contract ? schedule.what() : "")
                        .setFormat(format(schedule.format()))
                        .setRrule(schedule.times().rrule().orElse(""))
                        .setStart(schedule.times().start().toString())
                        .setZone(schedule.times().zone().getId())
                        .addAllMail(schedule.recipients().mail())
                        .setWebhook(schedule.recipients()
                                .webhook()
                                .map(Webhook::shown)
                                .orElse(""))
                        .addAllTeams(schedule.recipients().teams())
                        .setPaused(schedule.paused()));
    }

    static ReportSending sending(Sending sending, List<Notification> told, Teams teams, Instant now) {
        return ReportSending.newBuilder()
                .setDueAt(Times.timestamp(sending.dueAt()))
                .setMadeAt(Times.timestamp(sending.madeAt()))
                .setBy(sending.by())
                .setMissed(sending.missed())
                .setLate(sending.late())
                .setState(state(sending, told, now))
                .setProblem(problem(sending, told))
                .setSummary(sending.summary())
                .setFileName(sending.fileName())
                .setSize(sending.size())
                .addAllNotifications(told.stream()
                        .map(one -> NotificationMapper.brief(one, teams))
                        .toList())
                .build();
    }

    private static ReportSendingState state(Sending sending, List<Notification> told, Instant now) {
        if (sending.refused()) {
            return ReportSendingState.REPORT_REFUSED;
        }
        if (told.isEmpty() && sending.madeAt().plus(KNOWN).isBefore(now)) {
            return ReportSendingState.REPORT_SENDING_STATE_UNSPECIFIED;
        }
        if (told.isEmpty() || told.stream().anyMatch(one -> one.state() == Notification.State.FAILED)) {
            return ReportSendingState.REPORT_FAILED;
        }
        return told.stream().allMatch(one -> one.state() == Notification.State.SENT)
                ? ReportSendingState.REPORT_SENT
                : ReportSendingState.REPORT_PENDING;
    }

    private static String problem(Sending sending, List<Notification> told) {
        if (sending.refused()) {
            return sending.problem();
        }
        return told.stream()
                .map(Notification::problem)
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse(told.isEmpty() ? "there was no address that it could go to" : "");
    }
}
