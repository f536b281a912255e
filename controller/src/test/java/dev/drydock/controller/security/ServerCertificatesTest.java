package dev.drydock.controller.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCertificatesTest {
    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private final List<IssuedCertificate> recorded = new ArrayList<>();
    private ServerCertificates certificates;

    @BeforeEach
    void issue() {
        CertificateAuthority authority = CertificateAuthority.open(directory, now::get, new SecureRandom());
        certificates = new ServerCertificates(
                authority,
                recorded::add,
                ServerNames.of(List.of("drydock.example.org", "192.0.2.7", "2001:db8::7")),
                now::get,
                new SecureRandom());
    }

    @Test
    void namesAllThatIsAdvertisedAndThisMachine() throws Exception {
        X509Certificate certificate = certificates.certificate();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "drydock.example.org"),
                        List.of(7, "192.0.2.7"),
                        List.of(7, "2001:db8:0:0:0:0:0:7"),
                        List.of(2, "localhost"),
                        List.of(7, "127.0.0.1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(recorded).extracting(IssuedCertificate::leaf).containsExactly(certificate);
    }

    @Test
    void isRenewedInTimeAndHandshakesSeeIt() {
        X509Certificate first = certificates.certificate();
        X509ExtendedKeyManager keys =
                (X509ExtendedKeyManager) certificates.keyManagerFactory().getKeyManagers()[0];
        String alias = keys.chooseEngineServerAlias("EC", null, null);
        now.updateAndGet(start -> start.plus(Duration.ofDays(59)));
        certificates.renewIfDue();
        assertThat(keys.getCertificateChain(alias)[0]).isEqualTo(first);

        now.updateAndGet(start -> start.plus(Duration.ofDays(2)));
        certificates.renewIfDue();
        X509Certificate second = keys.getCertificateChain(alias)[0];
        assertThat(second).isNotEqualTo(first);
        assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
        assertThat(recorded).hasSize(2);
        certificates.renewIfDue();
        assertThat(recorded).hasSize(2);
    }

    @Test
    void allNamesThatCannotBeAreNamed() {
        assertThatThrownBy(() -> ServerNames.of(List.of("good.example.org", "-bad", "1.2.3.999", "a b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        "-bad" is neither a host name nor an IP address
                        "1.2.3.999" is neither a host name nor an IP address
                        "a b" is neither a host name nor an IP address""");
    }
}
