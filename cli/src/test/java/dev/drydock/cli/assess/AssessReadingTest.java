package dev.drydock.cli.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drydock.cli.bootstrap.Shell;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssessReadingTest {
    @Test
    void aHostOfAptAsItIs() {
        AssessReading read = AssessReading.parse("""
                Welcome to web-01
                arch=x86_64
                kernel=6.1.0-31-amd64
                booted=1764000000
                memory=2048
                cpus=4
                os_id=debian
                os_version=12
                os_codename=bookworm
                os_name=Debian GNU/Linux 12 (bookworm)
                filesystem=/|ext4|1000|42%
                filesystem=/broken|ext4|many|42%
                manager=apt
                refreshed=1764003600
                installed=312
                update=libssl3|amd64|3.0.11-1|3.0.15-1~deb12u1|Debian:12.8/stable, Debian-Security:12/stable-security
                update=vim|amd64|2:9.0|2:9.1|Debian:12.8/stable
                update=torn
                read=yes
                reboot=yes
                reboot_by=linux-image libssl3
                end=yes
                """);

        Host facts = read.facts();
        assertThat(facts.getOs().getFamily()).isEqualTo("debian");
        assertThat(facts.getOs().getCodename()).isEqualTo("bookworm");
        assertThat(facts.getMemoryBytes()).isEqualTo(2048 * 1024);
        assertThat(facts.getFilesystemsList()).hasSize(1);
        assertThat(facts.getPackages().getInstalled()).isEqualTo(312);
        assertThat(facts.getPackages().getPendingSecurity()).isEqualTo(1);
        assertThat(facts.getPackages().getPendingList())
                .extracting(PendingUpdate::getName, PendingUpdate::getAvailableVersion, PendingUpdate::getSecurity)
                .containsExactly(tuple("libssl3", "3.0.15-1~deb12u1", true), tuple("vim", "2:9.1", false));
        assertThat(facts.getReboot().getByList()).containsExactly("libssl3", "linux-image");
        assertThat(read.troubles()).isEmpty();
    }

    @Test
    void dnfNamesSecurityByVersionAndZypperByName() {
        String dnf = """
                os_id=rocky
                manager=dnf
                rpm=openssl.x86_64|1:3.0.7-1.el9
                rpm=vim.x86_64|8.2-1.el9
                available=openssl.x86_64|1:3.0.7-2.el9|baseos
                available=vim.x86_64|8.2-2.el9|baseos
                security=openssl-3.0.7-2.el9.x86_64
                read=yes
                """;
        assertThat(AssessReading.parse(dnf).facts().getPackages().getPendingList())
                .extracting(PendingUpdate::getName, PendingUpdate::getInstalledVersion, PendingUpdate::getSecurity)
                .containsExactly(tuple("openssl", "1:3.0.7-1.el9", true), tuple("vim", "8.2-1.el9", false));

        String zypper = dnf.replace("security=openssl-3.0.7-2.el9.x86_64", "security=vim.x86_64");
        assertThat(AssessReading.parse(zypper).facts().getPackages().getPendingList())
                .extracting(PendingUpdate::getSecurity)
                .containsExactly(false, true);
    }

    @Test
    void whatCouldNotBeReadIsNotTakenForNothing() {
        AssessReading read = AssessReading.parse("os_id=fedora\nmanager=dnf\ntrouble=dnf: no cache\nend=yes\n");

        assertThat(read.facts().hasPackages()).isFalse();
        assertThat(read.troubles()).containsExactly("dnf: no cache");
    }

    @Property
    void whateverAHostPrintsIsRead(@ForAll String noise) {
        assertThat(AssessReading.parse(
                                "read=yes\nupdate=" + noise + "\navailable=" + noise + "\nmemory=" + noise + "\n")
                        .facts()
                        .getMemoryBytes())
                .isNotNegative();
    }

    /** By the real shell of this machine; which updates it has nobody knows. */
    @Test
    void theScriptTellsOfThisMachine() throws IOException {
        Process process = new ProcessBuilder(
                        "sh", "-c", Shell.script(Assess.class, "assess.sh", Map.of("refresh", "no")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(AssessReading.isWhole(text)).as(text).isTrue();
        Host facts = AssessReading.parse(text).facts();
        assertThat(facts.getKernel()).isNotEmpty();
        assertThat(facts.getCpu().getCount()).isPositive();
    }
}
