package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.v1.NotificationState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The owners of a host hear by mail and webhook what a window will do to it: once, whatever dies on the way. */
@WithFleet
class NoticeIT {
    private static Fleet fleet;
    private static Recipients recipients;

    @BeforeAll
    static void start(Fleet started) throws IOException {
        fleet = started;
        recipients = Recipients.start(fleet, "dba");
    }

    @AfterAll
    static void stop() {
        recipients.close();
    }

    @Test
    void ownersHearOnceWhatWillBeDoneAndThatItIsCalledOff() throws IOException {
        LabHost db = fleet.enrolled("db");
        db.install("lab-ok=1.0");
        fleet.push("patch", Playbooks.packages("patch", "lab-ok", "3m"));
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
                        recipients.hook("/hook"),
                        "--webhook-secret-file",
                        recipients.keyFile().toString());
        assertThat(made).isEqualTo("Team dba.");
        assertThat(fleet.cli().ok("team", "show", "dba")).contains("owns     1: db");

        fleet.cli().ok("team", "test", "dba");
        Recipients.await("the trial")
                .until(() -> recipients.mail().count("dba") == 1
                        && recipients.posted().size() == 1);
        assertThat(recipients.mail().mails("dba"))
                .contains("Subject: Trial of the addresses of team dba", "Auto-Submitted: auto-generated");
        Recipients.await("that one is unknown")
                .until(() ->
                        recipients.in(NotificationState.NOTIFICATION_FAILED).size() == 1);
        assertThat(recipients.in(NotificationState.NOTIFICATION_FAILED).getFirst())
                .satisfies(failed -> assertThat(failed.getTarget()).isEqualTo("absent@example.com"))
                .satisfies(failed -> assertThat(failed.getProblem()).contains("550"));

        rollout();
        Recipients.await("the notice")
                .until(() -> recipients.mail().count("dba") == 2
                        && recipients.posted().size() == 2);
        assertThat(recipients.mail().mails("dba"))
                .contains(
                        "begins to change 1 host of team dba.",
                        "package lab-ok 1.0 → 2.0: db",
                        "wave 1",
                        "drydock rollout pause patch");
        assertThat(recipients.posted().getLast())
                .startsWith("{\"type\":\"window.opens\"")
                .contains("\"name\":\"db\"", "\"from\":\"1.0\",\"to\":\"2.0\"");
        assertThat(db.version("lab-ok")).as("nothing was changed for it").isEqualTo("1.0");

        recipients.mail().stop();
        fleet.cli().ok("rollout", "abort", "patch", "--yes");
        Recipients.await("that it waits for the mail server")
                .until(() -> recipients.in(NotificationState.NOTIFICATION_PENDING).stream()
                        .anyMatch(one -> one.getAttempts() > 0));
        fleet.controller().kill();
        recipients.mail().startAgain();
        fleet.controller().start();
        // And that the rollout has ended so: that is another thing to be told.
        Recipients.await("that it is called off")
                .until(() -> recipients.mail().count("dba") == 4
                        && recipients.posted().size() == 4);
        assertThat(recipients.mail().mails("dba")).contains("Subject: Called off: rollout patch on");
        assertThat(recipients.posted())
                .filteredOn(body -> body.startsWith("{\"type\":\"window.called_off\""))
                .hasSize(1);
        assertThat(recipients.posted())
                .filteredOn(body -> body.startsWith("{\"type\":\"rollout."))
                .hasSize(1);
        Recipients.await("that all is told or given up")
                .until(() ->
                        recipients.in(NotificationState.NOTIFICATION_PENDING).isEmpty());
        assertThat(recipients.mail().count("dba")).as("nobody is told twice").isEqualTo(4);
        recipients.nothingLeaked();
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
