package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportSendingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A report comes at its time by mail and by webhook, once whatever dies, and only while its owner may see it. */
@WithFleet
class ReportScheduleIT {
    private static final Pattern ATTACHED = Pattern.compile(
            "Content-Disposition: attachment; filename=\"?(compliance-[0-9-]+\\.pdf)\"?\\s*\\n(?:[A-Z][^\\n]*\\n)*\\n([A-Za-z0-9+/=\\n]+)");

    private static Fleet fleet;
    private static Recipients recipients;

    @BeforeAll
    static void start(Fleet started) throws IOException {
        fleet = started;
        recipients = Recipients.start(fleet, "board");
    }

    @AfterAll
    static void stop() {
        recipients.close();
    }

    @Test
    void aReportComesAtItsTimeOnceAndAsItsOwnerMaySeeIt() throws IOException {
        fleet.enrolled("web");
        Instant due = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        fleet.cli()
                .ok(
                        "report",
                        "schedule",
                        "create",
                        "board",
                        "--rrule",
                        "FREQ=DAILY",
                        "--start",
                        LocalDateTime.ofInstant(due, ZoneOffset.UTC).toString(),
                        "--zone",
                        "UTC",
                        "--mail",
                        "board@example.com",
                        "--webhook",
                        recipients.hook("/hook"),
                        "--webhook-secret-file",
                        recipients.keyFile().toString());
        Recipients.await("the report at its time")
                .until(() -> recipients.mail().count("board") == 1
                        && recipients.posted().size() == 1);
        ReportSchedule board = show("board");
        assertThat(board.getSendings(0).getDueAt().getSeconds()).isEqualTo(due.getEpochSecond());
        assertThat(board.getSendings(0).getBy()).isEmpty();
        assertThat(board.getNextAt().getSeconds()).isEqualTo(due.getEpochSecond() + 86_400);

        String text = recipients.mail().mails("board");
        assertThat(text)
                .contains("Subject: Compliance report: board", "Auto-Submitted: auto-generated", "application/pdf")
                .contains("as admin may see it", "of 1 host comply");
        byte[] attached = attached(text);
        assertThat(new String(attached, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-")
                .contains("%%EOF");
        Struct document = document(recipients.posted().getFirst());
        assertThat(document.getFieldsOrThrow("name").getStringValue()).startsWith("compliance-");
        assertThat(Base64.getDecoder()
                        .decode(document.getFieldsOrThrow("content").getStringValue()))
                .as("the same file by both ways")
                .isEqualTo(attached);

        aWebhookThatFailsForGoodIsSeen();
        aControllerThatIsKilledSendsOnce();
        whoIsNoUserAnyMoreSendsNothing();
        recipients.nothingLeaked();
    }

    private static void aWebhookThatFailsForGoodIsSeen() {
        fleet.cli()
                .ok(
                        "report",
                        "schedule",
                        "create",
                        "gate",
                        "--format",
                        "junit",
                        "--start",
                        "2099-01-01T00:00",
                        "--webhook",
                        recipients.hook("/gone"));
        fleet.cli().ok("report", "schedule", "run", "gate");
        Recipients.await("the dead letter")
                .until(() -> show("gate").getSendings(0).getState() == ReportSendingState.REPORT_FAILED);
        assertThat(fleet.cli().ok("report", "schedule", "show", "gate"))
                .contains("given up for", "the webhook answered with status 410");
        assertThat(recipients.in(NotificationState.NOTIFICATION_FAILED))
                .singleElement()
                .satisfies(dead -> assertThat(dead.getTeam()).isEqualTo("report/gate"));
    }

    private static void aControllerThatIsKilledSendsOnce() {
        recipients.mail().stop();
        fleet.cli().ok("report", "schedule", "run", "board");
        Recipients.await("that it waits for the mail server")
                .until(() -> recipients.in(NotificationState.NOTIFICATION_PENDING).stream()
                        .anyMatch(one -> one.getAttempts() > 0));
        fleet.controller().kill();
        recipients.mail().startAgain();
        fleet.controller().start();
        Recipients.await("the report")
                .until(() -> recipients.mail().count("board") == 2
                        && recipients.posted().size() == 2);
        Recipients.await("that nothing is left")
                .until(() ->
                        recipients.in(NotificationState.NOTIFICATION_PENDING).isEmpty());
        assertThat(recipients.mail().count("board")).as("nobody gets it twice").isEqualTo(2);
        assertThat(show("board").getSendingsList()).hasSize(2).allSatisfy(one -> assertThat(one.getState())
                .isEqualTo(ReportSendingState.REPORT_SENT));
    }

    private static void whoIsNoUserAnyMoreSendsNothing() throws IOException {
        Users.make(fleet, "olga", "operator");
        fleet.cli()
                .ok(
                        "report",
                        "schedule",
                        "create",
                        "hers",
                        "--start",
                        "2099-01-01T00:00",
                        "--mail",
                        "board@example.com",
                        "--context",
                        "olga");
        fleet.cli().ok("user", "remove", "olga", "--yes");
        assertThat(fleet.cli().exits(3, "report", "schedule", "run", "hers")).contains("is no user any more");
        assertThat(fleet.cli().ok("report", "schedule", "list")).contains("✗ not made");
    }

    private static byte[] attached(String text) {
        Matcher found = ATTACHED.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Base64.getMimeDecoder().decode(found.group(2));
    }

    private static Struct document(String body) throws IOException {
        Struct.Builder event = Struct.newBuilder();
        JsonFormat.parser().merge(body, event);
        assertThat(event.getFieldsOrThrow("type").getStringValue()).isEqualTo("report.made");
        return event.getFieldsOrThrow("data")
                .getStructValue()
                .getFieldsOrThrow("document")
                .getStructValue();
    }

    private static ReportSchedule show(String name) {
        return fleet.cli().json(ReportSchedule.getDefaultInstance(), "report", "schedule", "show", name);
    }
}
