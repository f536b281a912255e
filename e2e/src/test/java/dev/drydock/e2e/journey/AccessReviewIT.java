package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.playbooks.library.Library;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Access;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Reviews of one real host: first as it is, then with what must not be. The real PAM refuses passwords to {@code su}; of sshd, which
 * the lab's hosts have not, there are lines as it writes them, which {@code logger} puts into the journal under its name.
 */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class AccessReviewIT {
    private static Fleet fleet;
    private static LabHost host;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
        host = fleet.enrolled("review");
    }

    @Test
    @Order(1)
    void aHostAsItShouldBePassesTheLibrarysReviews() {
        for (String name : new String[] {"account-review", "access-review"}) {
            Run run = fleet.run(name, Library.source(name), host);
            assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    @Test
    @Order(2)
    void theDiskIsCleanedUp() {
        host.sh("touch /var/cache/apt/archives/left_1_all.deb");
        Run run = fleet.run("disk-cleanup", Library.source("disk-cleanup"), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(host.sh("ls /var/cache/apt/archives")).doesNotContain(".deb");
    }

    @Test
    @Order(3)
    void aLineThatAppearsDuringAStepSendsTheRunBack() {
        host.put("/var/log/lab-app.log", "PHP Fatal error: of long ago\n", 0644);
        Run run = fleet.run("log-line", """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: log-line}
                spec:
                  steps:
                    - name: What leaves no trace in the log
                      file.put: {path: /etc/lab-review, content: one}
                    - name: What does, while the log is rotated
                      command.run:
                        argv: [/bin/sh, -c, "mv /var/log/lab-app.log /var/log/lab-app.log.1; echo 'PHP Parse error: of now' >>/var/log/lab-app.log.1; : >/var/log/lab-app.log"]
                        undo: ["true"]
                      verify:
                        - log.absent: {file: /var/log/lab-app.log, texts: "/PHP (Fatal|Parse) error/", atMost: 1, grace: 0s}
                  verify:
                    - log.absent: {file: /var/log/lab-app.log, texts: "/PHP (Fatal|Parse) error/", grace: 0s}
                    - log.absent: {unit: nginx, texts: "[emerg]", grace: 0s}
                """, host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(run.getReason()).contains("1 line since before the change", "PHP Parse error: of now");
        assertThat(host.trySh("test -e /etc/lab-review").getExitCode()).isNotZero();
    }

    @Test
    @Order(4)
    void whatMustNotBeIsFoundAndTold() {
        host.sh("useradd -o -u 0 -g 0 -M -s /bin/sh toor && useradd -M bob"
                + " && touch /etc/lab-open && chmod 666 /etc/lab-open"
                + " && mkdir -p /var/www/html && touch /var/www/html/open.php && chmod 666 /var/www/html/open.php");
        host.sh("""
                su -s /bin/sh bob -c 'for i in $(seq 1 12); do echo wrong | su root -c true & done; wait' >/dev/null 2>&1
                for i in $(seq 1 30); do
                  logger -p auth.info -t sshd --id=$$ "Failed password for root from 2001:db8::$i port 5$i ssh2"
                done
                """);

        Run accounts = fleet.run("accounts", Library.source("account-review", "accounts"), host);
        assertThat(accounts.getState()).as(accounts.toString()).isNotEqualTo(RunState.SUCCEEDED);
        assertThat(accounts.toString()).contains("uid 0: toor").doesNotContain("$y$");

        Run logins = fleet.run("logins", Library.source("access-review", "logins"), host);
        assertThat(logins.getState()).as(logins.toString()).isNotEqualTo(RunState.SUCCEEDED);
        assertThat(logins.toString())
                .contains("more than 20 logins failed from one source within 10m", "2001:db8:0:0::/64");

        Run files = fleet.run("files", """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: files}
                spec:
                  preflight:
                    - file.permissions: {paths: /etc}
                  steps:
                    - file.put: {path: /etc/lab-review, content: one}
                  verify:
                    - file.permissions: {paths: /etc}
                """, host);
        assertThat(files.toString()).contains("every user may write /etc/lab-open");
        assertThat(host.trySh("test -e /etc/lab-review").getExitCode()).isNotZero();
    }

    @Test
    @Order(5)
    void theFactsTellItToo() {
        host.sh("useradd -M guest && passwd --delete --quiet guest");
        fleet.cli().ok("host", "facts", "review", "--refresh");
        Access access = Awaitility.await("facts of what is served")
                .atMost(Duration.ofMinutes(1))
                .until(
                        AccessReviewIT::access,
                        seen -> seen.getWorldWritable() > 0 && seen.getWithoutPasswordCount() > 0);

        assertThat(access.getUidZeroList()).containsExactly("root", "toor");
        assertThat(access.getWithoutPasswordList()).containsExactly("guest");
        assertThat(access.getTrouble()).isEmpty();
        assertThat(access.getFailedLogins24H()).as("30 of sshd, and 12 of su").isEqualTo(20);
        assertThat(access.getWorstSource()).isEqualTo("2001:db8:0:0::/64");
        assertThat(access.getWorldWritable()).isEqualTo(1);
        assertThat(access.getWorldWritablePathsList()).containsExactly("/var/www/html/open.php");
        assertThat(access.getWorstBurst24H())
                .as("30 of one network within a minute")
                .isEqualTo(20);
    }

    @Test
    @Order(6)
    void whatLogrotateDoesNotUnderstandIsFoundAndTold() {
        host.installFromDebian("logs", "logrotate");
        host.put("/var/log/lab-job.log", "a line\n", 0644);
        host.put("/etc/logrotate.d/lab-job", "/var/log/lab-job.log {\n  weekly\n  rotate 3\n}\n", 0644);
        Run sound = fleet.run("log-rotation", Library.source("log-rotation-check", "log-rotation"), host);
        assertThat(sound.getState()).as(sound.toString()).isEqualTo(RunState.SUCCEEDED);

        host.put("/etc/logrotate.d/lab-job", "/var/log/lab-job.log {\n  weekly\n  rotate many\n}\n", 0644);
        Run broken =
                fleet.run("log-rotation-broken", Library.source("log-rotation-check", "log-rotation-broken"), host);
        assertThat(broken.getState()).as(broken.toString()).isEqualTo(RunState.REFUSED);
        assertThat(broken.toString()).contains("error: lab-job:3 bad rotation count");
        assertThat(host.sh("ls /var/log/lab-job.log*"))
                .as("nothing was rotated")
                .isEqualTo("/var/log/lab-job.log");
    }

    private static Access access() {
        return fleet.cli()
                .json(Host.getDefaultInstance(), "host", "show", "review")
                .getFacts()
                .getAccess();
    }
}
