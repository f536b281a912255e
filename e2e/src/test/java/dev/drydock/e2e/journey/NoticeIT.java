package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.MailServer;
import dev.drydock.proto.v1.ListNotificationsResponse;
import dev.drydock.proto.v1.Notification;
import dev.drydock.proto.v1.NotificationState;
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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owners of a host hear by mail and webhook what a window will do to it: once, whatever dies on the way. */
@WithFleet
class NoticeIT {
    private static final byte[] KEY =
            "a key of thirty-two bytes, no more".substring(0, 32).getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

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
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            boolean ours = ("v1," + hmac(id + "." + time + "." + body))
                    .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
            posted.add(ours ? body : "a wrong signature");
            exchange.sendResponseHeaders(ours ? 204 : 401, -1);
            exchange.close();
        });
        receiver.start();
        mail = MailServer.start(fleet.bare("mail"), "dba");
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
    void ownersHearOnceWhatWillBeDoneAndThatItIsCalledOff() throws IOException {
        LabHost db = fleet.enrolled("db");
        db.install("lab-ok=1.0");
        fleet.push("patch", Playbooks.packages("patch", "lab-ok", "3m"));
        Path key = Files.writeString(
                fleet.directory().resolve("hook.key"), Base64.getEncoder().encodeToString(KEY));
        String made = fleet.cli()
                .ok(
                        "team",
                        "create",
                        "dba",
                        "--hosts",
                        "host.name == \"db\"",
                        "--mail",
                        "dba@example.com",
                        "--mail",
                        "absent@example.com",
                        "--webhook",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                        "--webhook-secret-file",
                        key.toString());
        assertThat(made).isEqualTo("Team dba.");
        assertThat(fleet.cli().ok("team", "show", "dba")).contains("owns     1: db");

        fleet.cli().ok("team", "test", "dba");
        await("the trial").until(() -> mail.count("dba") == 1 && posted.size() == 1);
        assertThat(mail.mails("dba"))
                .contains("Subject: Trial of the addresses of team dba", "Auto-Submitted: auto-generated");
        await("that one is unknown")
                .until(() -> in(NotificationState.NOTIFICATION_FAILED).size() == 1);
        assertThat(in(NotificationState.NOTIFICATION_FAILED).getFirst())
                .satisfies(failed -> assertThat(failed.getTarget()).isEqualTo("absent@example.com"))
                .satisfies(failed -> assertThat(failed.getProblem()).contains("550"));

        rollout();
        await("the notice").until(() -> mail.count("dba") == 2 && posted.size() == 2);
        assertThat(mail.mails("dba"))
                .contains(
                        "begins to change 1 host of team dba.",
                        "package lab-ok 1.0 → 2.0: db",
                        "wave 1",
                        "drydock rollout pause patch");
        assertThat(posted.getLast())
                .startsWith("{\"type\":\"window.opens\"")
                .contains("\"name\":\"db\"", "\"from\":\"1.0\",\"to\":\"2.0\"");
        assertThat(db.version("lab-ok")).as("nothing was changed for it").isEqualTo("1.0");

        mail.stop();
        fleet.cli().ok("rollout", "abort", "patch", "--yes");
        await("that it waits for the mail server").until(() -> in(NotificationState.NOTIFICATION_PENDING).stream()
                .anyMatch(one -> one.getAttempts() > 0));
        fleet.controller().kill();
        mail.startAgain();
        fleet.controller().start();
        // And that the rollout has ended so: that is another thing to be told.
        await("that it is called off").until(() -> mail.count("dba") == 4 && posted.size() == 4);
        assertThat(mail.mails("dba")).contains("Subject: Called off: rollout patch on");
        assertThat(posted).noneMatch(body -> body.equals("a wrong signature"));
        assertThat(posted)
                .filteredOn(body -> body.startsWith("{\"type\":\"window.called_off\""))
                .hasSize(1);
        assertThat(posted)
                .filteredOn(body -> body.startsWith("{\"type\":\"rollout."))
                .hasSize(1);
        await("that all is told or given up")
                .until(() -> in(NotificationState.NOTIFICATION_PENDING).isEmpty());
        assertThat(mail.count("dba")).as("nobody is told twice").isEqualTo(4);
        assertThat(Files.readString(fleet.controller().log()))
                .doesNotContain(MailServer.PASSWORD)
                .doesNotContain(Base64.getEncoder().encodeToString(KEY));
    }

    private static org.awaitility.core.ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500));
    }

    private static List<Notification> in(NotificationState state) {
        return fleet.cli()
                .json(
                        ListNotificationsResponse.getDefaultInstance(),
                        "notification",
                        "list",
                        "--state",
                        state.name().substring("NOTIFICATION_".length()).toLowerCase(java.util.Locale.ROOT))
                .getNotificationsList();
    }

    /** In less than an hour, so that the owners are told at once. */
    private static void rollout() {
        Instant opens = Instant.now().plus(Duration.ofMinutes(40)).truncatedTo(ChronoUnit.MINUTES);
        String start = LocalDateTime.ofInstant(opens, ZoneOffset.UTC).toString();
        fleet.cli().ok("window", "create", "soon", "--start", start, "--zone", "UTC", "--duration", "2h");
        fleet.cli()
                .ok(
                        "rollout",
                        "create",
                        "patch",
                        "--playbook",
                        "patch",
                        "--hosts",
                        "host.name == \"db\"",
                        "--window",
                        "soon");
    }
}
