package dev.drydock.agent.facts;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.proto.facts.v1.Access;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessFactsTest {
    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private AccessFacts facts;
    private Path log;

    @BeforeEach
    void aSystem() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(root.resolve("var/log"));
        Files.createDirectories(root.resolve("var/www/html"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\n");
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\nbob::9:9::/:\n");
        Files.writeString(root.resolve("etc/shadow"), "root:*:1:\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
        log = Files.writeString(root.resolve("var/log/auth.log"), "");
        failed(1, "2026-11-27T11:00:00Z");
        failed(12, "2026-11-28T11:59:00Z");
        facts = new AccessFacts(ManagedHost.open(root), () -> now);
    }

    @Test
    void tellsLoginsAccountsAndFiles() throws Exception {
        Files.setAttribute(Files.writeString(root.resolve("var/www/html/x.php"), ""), "unix:mode", 0666);
        Access access = gather();

        assertThat(access.getFailedLogins24H()).isEqualTo(10);
        assertThat(access.getWorstBurst24H()).isEqualTo(10);
        assertThat(access.getWorstSource()).isEqualTo("192.0.2.7");
        assertThat(access.getUidZeroList()).containsExactly("root", "toor");
        assertThat(access.getWithoutPasswordList()).containsExactly("bob");
        assertThat(access.getWorldWritable()).isEqualTo(1);
        assertThat(access.getWorldWritablePathsList()).containsExactly("/var/www/html/x.php");
        assertThat(access.getTrouble()).isEmpty();
    }

    @Test
    void aLogIsReadFromWhereItWasLeft() throws Exception {
        gather();
        failed(8, "2026-11-28T12:00:00Z");
        assertThat(gather().getFailedLogins24H()).isEqualTo(20);

        now = now.plus(Duration.ofHours(25));
        assertThat(gather().getFailedLogins24H()).isZero();
    }

    @Test
    void aLogThatCannotBeFollowedIsToldForADay() throws Exception {
        gather();
        Files.writeString(log, "2026-11-28T12:00:00Z another one\n");

        assertThat(gather().getTrouble()).contains("was rotated");
        failed(2, "2026-11-28T12:00:00Z");
        assertThat(gather().getTrouble()).contains("was rotated");
        now = now.plus(Duration.ofHours(25));
        assertThat(gather().getTrouble()).isEmpty();
    }

    @Test
    void filesAreLookedAtOnceAnHourOrWhenAsked() throws Exception {
        gather();
        Files.setAttribute(Files.writeString(root.resolve("var/www/html/x.php"), ""), "unix:mode", 0666);

        assertThat(gather().getWorldWritable()).isZero();
        assertThat(facts.gather(true, Job.quiet(Duration.ofSeconds(5))).getWorldWritable())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeToldIsSaid() throws Exception {
        Files.delete(root.resolve("etc/shadow"));
        Files.delete(log);

        assertThat(gather().getTrouble())
                .isEqualTo("failed logins: there is no journal of systemd here; accounts: there is no /etc/shadow");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,2", "4,2", "5,5", "9,5", "10,10", "19,10", "49,20", "50,50", "999,500", "10000,10000"})
    void numbersAreRoundedDown(int count, int told) {
        assertThat(AccessFacts.rounded(count)).isEqualTo(told);
    }

    private Access gather() throws Exception {
        return facts.gather(false, Job.quiet(Duration.ofSeconds(5)));
    }

    private void failed(int times, String at) throws Exception {
        String line = at + " web-01 sshd[7]: Failed password for root from 192.0.2.7 port 5 ssh2\n";
        Files.writeString(log, line.repeat(times), APPEND);
    }
}
