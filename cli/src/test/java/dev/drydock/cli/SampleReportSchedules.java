package dev.drydock.cli;

import dev.drydock.proto.v1.CreateReportScheduleResponse;
import dev.drydock.proto.v1.DeleteReportScheduleResponse;
import dev.drydock.proto.v1.DocumentFormat;
import dev.drydock.proto.v1.ListReportSchedulesResponse;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.ReportKind;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportScheduleSpec;
import dev.drydock.proto.v1.ReportSending;
import dev.drydock.proto.v1.ReportSendingState;
import dev.drydock.proto.v1.UpdateReportScheduleRequest;

/** Report schedules, as the double of the management plane tells of them. */
final class SampleReportSchedules {
    private SampleReportSchedules() {}

    static void answer(TestingManagementPlane plane) {
        plane.answer(
                "CreateReportSchedule",
                CreateReportScheduleResponse.newBuilder()
                        .setSchedule(board())
                        .setWebhookSecret("whsec_abc")
                        .build());
        plane.answer(
                "UpdateReportSchedule",
                UpdateReportScheduleRequest.class,
                request -> CreateReportScheduleResponse.newBuilder()
                        .setSchedule(board().toBuilder().setSpec(request.getSpec()))
                        .build());
        plane.answer("GetReportSchedule", board());
        plane.answer(
                "ListReportSchedules",
                ListReportSchedulesResponse.newBuilder()
                        .addSchedules(board())
                        .addSchedules(gate())
                        .build());
        plane.answer("RunReportSchedule", sending(ReportSendingState.REPORT_PENDING));
        plane.answer("DeleteReportSchedule", DeleteReportScheduleResponse.getDefaultInstance());
    }

    static ReportSchedule board() {
        return ReportSchedule.newBuilder()
                .setName("board")
                .setSpec(ReportScheduleSpec.newBuilder()
                        .setKind(ReportKind.REPORT_COMPLIANCE)
                        .setFilter("host.labels.role == \"web\"")
                        .setFormat(DocumentFormat.DOCUMENT_PDF)
                        .setRrule("FREQ=WEEKLY;BYDAY=MO")
                        .setStart("2026-11-23T07:00")
                        .setZone("Europe/Berlin")
                        .addMail("board@example.com")
                        .setWebhook("https://ci.example.com/…")
                        .addTeams("dba"))
                .setOwner("olga")
                .setCreatedAt(Fleet.at("2026-11-20T01:00:00Z"))
                .setEtag("e-1")
                .setNextAt(Fleet.at("2026-11-30T06:00:00Z"))
                .addSendings(sending(ReportSendingState.REPORT_FAILED).toBuilder()
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_SENT))
                        .addNotifications(Fleet.notification(NotificationState.NOTIFICATION_FAILED))
                        .setProblem("550 no such user")
                        .setLate(true)
                        .setMissed(2)
                        .setBy(""))
                .addSendings(ReportSending.newBuilder()
                        .setDueAt(Fleet.at("2026-11-22T06:00:00Z"))
                        .setMadeAt(Fleet.at("2026-11-22T06:00:02Z"))
                        .setState(ReportSendingState.REPORT_REFUSED)
                        .setProblem("its owner may not see it any more"))
                .addWarnings("the controller knows no mail server (--mail-server), so no mail is sent")
                .build();
    }

    private static ReportSchedule gate() {
        return ReportSchedule.newBuilder()
                .setName("gate")
                .setSpec(ReportScheduleSpec.newBuilder()
                        .setKind(ReportKind.REPORT_CONTRACT)
                        .setContract("shop")
                        .setFormat(DocumentFormat.DOCUMENT_JUNIT)
                        .setPaused(true)
                        .addTeams("dba"))
                .setOwner("anna")
                .build();
    }

    private static ReportSending sending(ReportSendingState state) {
        return ReportSending.newBuilder()
                .setDueAt(Fleet.at("2026-11-24T06:00:00Z"))
                .setMadeAt(Fleet.at("2026-11-24T06:00:02Z"))
                .setBy("olga")
                .setState(state)
                .setSummary("37 of 40 hosts comply; 1 late, 2 due, 0 unknown")
                .setFileName("compliance-2026-11-24.pdf")
                .setSize(40_000)
                .build();
    }
}
