package dev.drydock.agent.host.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.logs.LogTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginLinesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void passwordsThatSshdRefused() {
        assertThat(sources(
                        "Nov 28 11:00:00 web-01 sshd[7]: Failed password for root from 192.0.2.7 port 50022 ssh2",
                        "2026-11-28T11:00:01+0000 web-01 sshd-session[8]: Failed password for invalid user x from ::ffff:192.0.2.7 port 1 ssh2",
                        "Nov 28 11:00:02 web-01 sshd[9]: Failed publickey for bob from 192.0.2.8 port 1 ssh2: RSA SHA256:x",
                        "Nov 28 11:00:03 web-01 sshd[9]: Accepted publickey for bob from 192.0.2.8 port 1 ssh2"))
                .containsExactly("192.0.2.7", "192.0.2.7");
    }

    @Test
    void aUserThatIsNotKnownCountsOnceAConnection() {
        assertThat(sources(
                        "Nov 28 11:00:00 web-01 sshd[7]: Invalid user x from 192.0.2.7 port 5",
                        "Nov 28 11:00:01 web-01 sshd[7]: Failed password for invalid user x from 192.0.2.7 port 5 ssh2",
                        "Nov 28 11:00:02 web-01 sshd[8]: Invalid user y from 192.0.2.9 port 5"))
                .containsExactly("192.0.2.7", "192.0.2.9");
    }

    @Test
    void whatSyslogPutTogetherCountsAsOftenAsItWas() {
        assertThat(
                        sources(
                                "Nov 28 11:00:00 web-01 sshd[7]: message repeated 3 times: [ Failed password for root from 192.0.2.7 port 5 ssh2]"))
                .hasSize(3);
    }

    @Test
    void aNetworkOfIpv6IsOneSource() {
        assertThat(sources(
                        "Nov 28 11:00:00 web-01 sshd[7]: Failed password for root from 2001:db8:0:1::1 port 5 ssh2",
                        "Nov 28 11:00:01 web-01 sshd[8]: Failed password for root from 2001:DB8::1:ffff:0:0:2 port 5 ssh2",
                        "Nov 28 11:00:02 web-01 sshd[9]: Failed password for root from fe80::1%eth0 port 5 ssh2"))
                .containsExactly("2001:db8:0:1::/64", "2001:db8:0:1::/64", "fe80:0:0:0::/64");
    }

    @Test
    void anAttackerCannotNameAnotherSource() {
        assertThat(
                        sources(
                                "Nov 28 11:00:00 web-01 sshd[7]: Failed password for invalid user a from 198.51.100.1 port 1 ssh2 from 192.0.2.7 port 5 ssh2",
                                "Nov 28 11:00:00 web-01 app[7]: sshd[1]: Failed password for root from 198.51.100.1 port 1 ssh2"))
                .containsExactly("192.0.2.7");
    }

    @Test
    void whatPamRefusedToOthers() {
        List<FailedLogin> failed = failed(
                "Nov 28 11:00:00 web-01 su[7]: pam_unix(su:auth): authentication failure; logname= uid=1000 euid=0 tty=pts/0 ruser=bob rhost=  user=root",
                "Nov 28 11:00:01 web-01 sudo: pam_unix(sudo:auth): authentication failure; logname=bob uid=1000 euid=0 tty=/dev/pts/0 ruser=bob rhost=  user=bob",
                "Nov 28 11:00:02 web-01 sudo[9]: pam_unix(sudo:auth): 2 more authentication failures; logname=bob uid=1000 euid=0 tty=/dev/pts/0 ruser=bob rhost=  user=bob",
                "Nov 28 11:00:03 web-01 vsftpd[9]: pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=x rhost=192.0.2.7",
                "Nov 28 11:00:04 web-01 sshd[9]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root");

        assertThat(failed).extracting(FailedLogin::service).containsExactly("su", "sudo", "sudo", "sudo", "vsftpd");
        assertThat(failed.getLast().source()).isEqualTo("192.0.2.7");
        assertThat(failed.getFirst().source()).isEqualTo(FailedLogin.LOCAL);
    }

    @Test
    void theWorstSpanOfTheWorstSource() {
        List<FailedLogin> failed = failed(
                line("10:00:00", "192.0.2.1"),
                line("10:00:10", "192.0.2.1"),
                line("10:09:00", "192.0.2.1"),
                line("10:30:00", "192.0.2.1"),
                line("10:30:00", "192.0.2.2"),
                line("11:30:00", "192.0.2.2"));

        assertThat(LoginTally.of(failed, NOW.minus(Duration.ofHours(3)), Duration.ofMinutes(10)))
                .isEqualTo(new LoginTally(6, 3, "192.0.2.1"));
        assertThat(LoginTally.of(failed, NOW.minus(Duration.ofHours(1)), Duration.ofMinutes(10)))
                .isEqualTo(new LoginTally(1, 1, "192.0.2.2"));
        assertThat(LoginTally.of(List.of(), NOW, Duration.ofMinutes(10))).isEqualTo(new LoginTally(0, 0, ""));
    }

    private static String line(String time, String source) {
        return "Nov 28 " + time + " web-01 sshd[7]: Failed password for root from " + source + " port 5 ssh2";
    }

    private static List<String> sources(String... lines) {
        return failed(lines).stream().map(FailedLogin::source).toList();
    }

    private static List<FailedLogin> failed(String... lines) {
        LoginLines login = new LoginLines(new LogTime(ZoneOffset.UTC, NOW));
        List.of(lines).forEach(login::take);
        return login.failed();
    }
}
