package dev.drydock.agent.host.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.testing.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    private static final Instant END = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);

    private final TestCa ca = new TestCa();
    private final KeyPair key = TestCa.newKey();
    private final X509Certificate leaf = leaf("*.Example.com");

    private X509Certificate leaf(String name) {
        return ca.server(
                key.getPublic(),
                new GeneralName(GeneralName.dNSName, name),
                Instant.now().minusSeconds(60),
                END);
    }

    @Test
    void tellsWhatPeopleAskOfACertificate() {
        CertificateLook look = CertificateLook.of(leaf);
        assertThat(look.subject()).isEqualTo("CN=controller");
        assertThat(look.issuer()).isEqualTo("CN=test authority");
        assertThat(look.names()).containsExactly("*.example.com");
        assertThat(look.notAfter()).isEqualTo(END);
        assertThat(look.fingerprint()).hasSize(64);
    }

    @Test
    void aWildcardStandsForOneLabel() {
        CertificateLook look = CertificateLook.of(leaf);
        assertThat(look.isFor("WWW.example.com")).isTrue();
        assertThat(look.isFor("*.example.com")).isTrue();
        assertThat(look.isFor("example.com")).isFalse();
        assertThat(look.isFor("a.b.example.com")).isFalse();
        assertThat(look.isFor("controller"))
                .as("the subject's name does not count")
                .isFalse();
    }

    @Test
    void readsAChainAndWhetherItIsInOrder() throws Exception {
        String pem = "subject: a note\n" + pem(leaf) + "\n" + pem(ca.certificate());
        List<X509Certificate> chain = CertificateFile.read("site.pem", pem);
        assertThat(chain).containsExactly(leaf, ca.certificate());
        assertThat(CertificateFile.disorder(chain)).isEmpty();
        assertThat(CertificateFile.disorder(chain.reversed())).contains("certificate 1 of the chain is not signed");
        assertThat(CertificateFile.disorder(List.of(leaf, new TestCa().certificate())))
                .isNotEmpty();
    }

    @Test
    void whatIsNoCertificateIsSaidWithItsPlace() {
        assertThatThrownBy(() -> CertificateFile.read("site.pem", "nothing"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no certificate in site.pem; expected PEM");
        assertThatThrownBy(() ->
                        CertificateFile.read("site.pem", pem(leaf) + pem(leaf).replace("MII", "AAA")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("certificate 2 in site.pem cannot be read");
    }

    @Test
    void seesWhatAServerShowsWithoutTrustingIt() throws Exception {
        try (SSLServerSocket server =
                (SSLServerSocket) serving().getServerSocketFactory().createServerSocket(0, 1, loopback())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) server.accept()) {
                    socket.startHandshake();
                } catch (IOException e) {
                    // The client has what it wanted and goes.
                }
            });
            assertThat(ServedCertificate.ask(
                            "127.0.0.1", server.getLocalPort(), "www.example.com", Duration.ofSeconds(20)))
                    .containsExactly(leaf, ca.certificate());
            served.join();
        }
    }

    @Test
    void whoDoesNotSpeakTlsShowsNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, loopback())) {
            assertThatThrownBy(() -> ServedCertificate.ask("127.0.0.1", mute.getLocalPort(), "", Duration.ofMillis(50)))
                    .isInstanceOf(IOException.class);
        }
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private SSLContext serving() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("site", key.getPrivate(), new char[0], new Certificate[] {leaf, ca.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
