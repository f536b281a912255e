package dev.drydock.agent.host.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcmeClientsTest {
    @TempDir
    Path root;

    private HostFiles files;

    @BeforeEach
    void open() throws Exception {
        files = new HostFiles(root.toRealPath());
    }

    private AcmeClient client(String client, String name, String... options) throws IOException {
        return AcmeClients.of(files, client, name, Optional.empty(), List.of(options));
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static X509Certificate certificate() {
        return new TestCa().certificate();
    }

    @Test
    void certbotIsCalledForOneCertificateAndAsksNobody() throws Exception {
        AcmeClient certbot = client("certbot", "www.example.com");
        assertThat(certbot.renewal(false))
                .containsExactly(
                        "certbot",
                        "renew",
                        "--cert-name",
                        "www.example.com",
                        "--non-interactive",
                        "--no-random-sleep-on-renew",
                        "--config-dir",
                        "/etc/letsencrypt");
        assertThat(certbot.renewal(true)).endsWith("--force-renewal");
        assertThat(certbot.certificate()).isEqualTo("/etc/letsencrypt/live/www.example.com/fullchain.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 30",
        "renew_before_expiry = 10 days, 10",
        "'  renew_before_expiry = 2 weeks', 14",
        "# renew_before_expiry = 9 days, 30"
    })
    void certbotsOwnRuleCounts(String line, int days) throws Exception {
        write("etc/letsencrypt/renewal/a.conf", "version = 2.1.0\n" + line + "\n[renewalparams]\n");
        X509Certificate now = certificate();
        assertThat(client("certbot", "a").dueFrom(files, now))
                .isEqualTo(now.getNotAfter().toInstant().minus(Duration.ofDays(days)));
    }

    @Test
    void aCertificateThatCertbotDoesNotKnowIsNamed() {
        assertThatThrownBy(() -> client("certbot", "b").dueFrom(files, certificate()))
                .isInstanceOf(IOException.class)
                .hasMessage("certbot knows no certificate b: there is no /etc/letsencrypt/renewal/b.conf;"
                        + " expected one that it obtained before");
    }

    @Test
    void legoIsToldHowItAsked() throws Exception {
        AcmeClient lego = client("lego", "*.example.com", "--email", "a@example.com", "--http");
        assertThat(lego.renewal(false))
                .containsExactly(
                        "lego",
                        "--path",
                        "/var/lib/lego",
                        "--domains",
                        "*.example.com",
                        "--email",
                        "a@example.com",
                        "--http",
                        "renew",
                        "--no-random-sleep",
                        "--days",
                        "30");
        assertThat(lego.key()).isEqualTo("/var/lib/lego/certificates/_.example.com.key");
        assertThatThrownBy(() -> client("certbot", "a", "--http"))
                .hasMessageContaining("'acme.options' is for lego alone");
    }

    @Test
    void acmeShKeepsCurvesApartAndWritesWhereItWasToldTo() throws Exception {
        write("root/.acme.sh/a.org_ecc/a.org.conf", """
                Le_Domain='a.org'
                Le_NextRenewTime='1700000000'
                Le_RealKeyPath='/etc/ssl/a.key'
                Le_RealFullChainPath='/etc/ssl/a.pem'
                Le_RealCACertPath=''
                """);
        AcmeClient acme = client("acme.sh", "a.org");
        assertThat(acme.renewal(true))
                .containsExactly(
                        "/root/.acme.sh/acme.sh",
                        "--renew",
                        "--domain",
                        "a.org",
                        "--home",
                        "/root/.acme.sh",
                        "--ecc",
                        "--force");
        assertThat(acme.state(files)).containsExactly("/root/.acme.sh/a.org_ecc", "/etc/ssl/a.key", "/etc/ssl/a.pem");
        assertThat(acme.dueFrom(files, certificate())).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    }
}
