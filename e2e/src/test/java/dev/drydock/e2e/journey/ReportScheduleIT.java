package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.MailServer;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.NotificationState;
import dev.drydock.proto.v1.ReportSchedule;
import dev.drydock.proto.v1.ReportSendingState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A report comes at its time by mail and by webhook, once whatever dies, and only while its owner may see it. */
@WithFleet
class ReportScheduleIT {
    private static final byte[] KEY = "the key of this test, 32 bytes..".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern ATTACHED = Pattern.compile(
            "Content-Disposition: attachment; filename=\"?(compliance-[0-9-]+\\.pdf)\"?\\s*\\n(?:[A-Z][^\\n]*\\n)*\\n([A-Za-z0-9+/=\\n]+)");

    private static final List<String> posted = new CopyOnWriteArrayList<>();
    private static Fleet fleet;
    private static MailServer mail;
    private static HttpServer receiver;

    @BeforeAll
    static void start(Fleet started) throws IOException {
        fleet = started;
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(ours(exchange, body) ? body : "a wrong signature");
            end(exchange, 204);
        });
        receiver.createContext("/gone", exchange -> end(exchange, 410));
        receiver.start();
        mail = MailServer.start(fleet.bare("mail"), "board");
        mail.authority(fleet.directory().resolve("mail-ca.pem"));
        Path password = Files.writeString(fleet.directory().resolve("mail.password"), MailServer.PASSWORD + "\n");
        fleet.controller().stop();
        fleet.controller()
                .with(
                        "--mail-server",
                        mail.url(),
                        "--mail-from",
                        "drydock@example.com",
                        "--mail-password-file",
                        password.toString(),
                        "--mail-ca",
                        fleet.directory().resolve("mail-ca.pem").toString());
        fleet.controller().start();
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
    }

    private static boolean ours(HttpExchange exchange, String body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        return ("v1," + hmac(id + "." + time + "." + body))
                .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
    }

    private static void end(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReportComesAtItsTimeOnceAndAsItsOwnerMaySeeIt() throws IOException {
        fleet.enrolled("web");
        Path key = Files.writeString(
                fleet.directory().resolve("hook.key"), Base64.getEncoder().encodeToString(KEY));
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
                        hook("/hook"),
                        "--webhook-secret-file",
                        key.toString());
        await("the report at its time").until(() -> mail.count("board") == 1 && posted.size() == 1);
        ReportSchedule board = show("board");
        assertThat(board.getSendings(0).getDueAt().getSeconds()).isEqualTo(due.getEpochSecond());
        assertThat(board.getSendings(0).getBy()).isEmpty();
        assertThat(board.getNextAt().getSeconds()).isEqualTo(due.getEpochSecond() + 86_400);

        String text = mail.mails("board");
        assertThat(text)
                .contains("Subject: Compliance report: board", "Auto-Submitted: auto-generated", "application/pdf")
                .contains("as admin may see it", "of 1 host comply");
        byte[] attached = attached(text);
        assertThat(new String(attached, StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-")
                .contains("%%EOF");
        Struct document = document(posted.getFirst());
        assertThat(document.getFieldsOrThrow("name").getStringValue()).startsWith("compliance-");
        assertThat(Base64.getDecoder()
                        .decode(document.getFieldsOrThrow("content").getStringValue()))
                .as("the same file by both ways")
                .isEqualTo(attached);

        aWebhookThatFailsForGoodIsSeen();
        aControllerThatIsKilledSendsOnce();
        whoIsNoUserAnyMoreSendsNothing();
        assertThat(posted).noneMatch(body -> body.equals("a wrong signature"));
        assertThat(Files.readString(fleet.controller().log()))
                .doesNotContain(Base64.getEncoder().encodeToString(KEY))
                .doesNotContain("/hook");
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
                        hook("/gone"));
        fleet.cli().ok("report", "schedule", "run", "gate");
        await("the dead letter")
                .until(() -> show("gate").getSendings(0).getState() == ReportSendingState.REPORT_FAILED);
        assertThat(fleet.cli().ok("report", "schedule", "show", "gate"))
                .contains("given up for", "the webhook answered with status 410");
        assertThat(in(NotificationState.NOTIFICATION_FAILED).getNotificationsList())
                .singleElement()
                .satisfies(dead -> assertThat(dead.getTeam()).isEqualTo("report/gate"));
    }

    private static void aControllerThatIsKilledSendsOnce() {
        mail.stop();
        fleet.cli().ok("report", "schedule", "run", "board");
        await("that it waits for the mail server")
                .until(() -> in(NotificationState.NOTIFICATION_PENDING).getNotificationsList().stream()
                        .anyMatch(one -> one.getAttempts() > 0));
        fleet.controller().kill();
        mail.startAgain();
        fleet.controller().start();
        await("the report").until(() -> mail.count("board") == 2 && posted.size() == 2);
        await("that nothing is left")
                .until(() -> in(NotificationState.NOTIFICATION_PENDING).getNotificationsCount() == 0);
        assertThat(mail.count("board")).as("nobody gets it twice").isEqualTo(2);
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

    private static String hook(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private static ReportSchedule show(String name) {
        return fleet.cli().json(ReportSchedule.getDefaultInstance(), "report", "schedule", "show", name);
    }

    private static ListNotificationsResponse in(NotificationState state) {
        return fleet.cli()
                .json(
                        ListNotificationsResponse.getDefaultInstance(),
                        "notification",
                        "list",
                        "--state",
                        state.name().substring("NOTIFICATION_".length()).toLowerCase(java.util.Locale.ROOT));
    }

    private static org.awaitility.core.ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500));
    }
}
