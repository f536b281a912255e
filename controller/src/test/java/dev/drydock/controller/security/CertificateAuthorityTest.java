package dev.drydock.controller.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.controller.agents.TestKeys;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path directory;

    private CertificateAuthority open() {
        return open(NOW);
    }

    private CertificateAuthority open(Instant now) {
        return CertificateAuthority.open(directory.resolve("data"), InstantSource.fixed(now), RANDOM);
    }

    @Test
    void isMadeOnTheFirstStartForItsOwnerAlone() throws Exception {
        CertificateAuthority authority = open();
        Path data = directory.resolve("data");
        assertThat(mode(data)).isEqualTo("rwx------");
        assertThat(mode(data.resolve("ca.key"))).isEqualTo("rw-------");
        assertThat(mode(data.resolve("ca.crt"))).isEqualTo("rw-r--r--");
        try (var files = Files.list(data)) {
            assertThat(files).hasSize(2);
        }
        X509Certificate certificate = authority.certificate();
        certificate.verify(certificate.getPublicKey());
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().toString())
                .contains("secp256r1");
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(authority.fingerprint()).matches("[0-9a-f]{64}");
    }

    @Test
    void isTheSameAfterARestart() {
        CertificateAuthority first = open();
        assertThat(open().certificate()).isEqualTo(first.certificate());
        assertThat(open().fingerprint()).isEqualTo(first.fingerprint());
    }

    @Test
    void aFirstStartThatWasCutShortIsBegunAgain() throws Exception {
        PrivateFiles.directory(directory.resolve("data"));
        PrivateFiles.writeSecret(directory.resolve("data/ca.key"), "half a key");
        assertThat(open().certificate()).isEqualTo(open().certificate());
    }

    @Test
    void certifiesAHostForAWhile() throws Exception {
        CertificateAuthority authority = open();
        KeyPair pair = TestKeys.p256();
        IssuedCertificate issued =
                authority.issueForHost("h-7", CertificateRequest.parse(TestKeys.request(pair)), Duration.ofDays(30));
        X509Certificate leaf = issued.leaf();
        leaf.verify(authority.certificate().getPublicKey());
        assertThat(leaf.getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=h-7");
        assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(6, "drydock:host:h-7"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(issued.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(issued.notBefore()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(issued.chain()).containsExactly(leaf, authority.certificate());
    }

    @Test
    void serialsAreRandomAndOf128Bits() {
        CertificateAuthority authority = open();
        CertificateRequest request = new CertificateRequest(TestKeys.p256().getPublic());
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            IssuedCertificate issued = authority.issueForHost("h-7", request, Duration.ofDays(1));
            assertThat(issued.leaf().getSerialNumber().bitLength()).isEqualTo(128);
            serials.add(issued.serial());
        }
        assertThat(serials).hasSize(50);
    }

    @Test
    void noCertificateOutlivesTheAuthority() {
        CertificateAuthority first = open();
        Instant end = first.certificate().getNotAfter().toInstant();
        CertificateAuthority old = open(end.minus(Duration.ofDays(3)));
        CertificateRequest request = new CertificateRequest(TestKeys.p256().getPublic());
        assertThat(old.issueForHost("h-7", request, Duration.ofDays(30)).notAfter())
                .isEqualTo(end);
    }

    @Test
    void anExpiredAuthorityDoesNotStart() {
        Instant end = open().certificate().getNotAfter().toInstant();
        assertThatThrownBy(() -> open(end))
                .isInstanceOf(CertificateAuthorityException.class)
                .hasMessageContaining("expired at " + end);
    }

    @Test
    void takesAnOperatorsAuthority() throws Exception {
        open();
        Path data = directory.resolve("data");
        CertificateAuthority given = given(data.resolve("ca.crt"), data.resolve("ca.key"));
        assertThat(given.certificate()).isEqualTo(open().certificate());
        given.issueForHost("h-1", new CertificateRequest(TestKeys.p256().getPublic()), Duration.ofDays(1))
                .leaf()
                .verify(given.certificate().getPublicKey());
    }

    @Test
    void saysAllThatIsWrongWithAnOperatorsAuthority() throws Exception {
        CertificateAuthority authority = open();
        KeyPair pair = TestKeys.p256();
        X509Certificate leaf = authority
                .issueForHost("h-1", new CertificateRequest(pair.getPublic()), Duration.ofDays(1))
                .leaf();
        Path certificate = Files.writeString(directory.resolve("leaf.crt"), pem(leaf));
        Path key = Files.writeString(
                directory.resolve("other.key"),
                pem(new JcaPKCS8Generator(TestKeys.p256().getPrivate(), null)));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> given(certificate, key))
                .isInstanceOf(CertificateAuthorityException.class)
                .hasMessageContaining("does not belong to the certificate")
                .hasMessageContaining("of no authority")
                .hasMessageContaining("may not sign others")
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void saysWhichFileIsMissingOrUnreadable() throws Exception {
        open();
        Path data = directory.resolve("data");
        assertThatThrownBy(() -> given(data.resolve("ca.crt"), directory.resolve("nowhere.key")))
                .hasMessageContaining("nowhere.key is missing");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> given(empty, data.resolve("ca.key"))).hasMessageContaining("0 certificates");
        assertThatThrownBy(() -> given(data.resolve("ca.crt"), empty)).hasMessageContaining("no plain private key");
        Files.delete(data.resolve("ca.key"));
        assertThatThrownBy(this::open).hasMessageContaining("ca.key is missing");
    }

    @Test
    void refusesKeysOfAnotherKind() throws Exception {
        open();
        KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path key = directory.resolve("ed.key");
        PrivateFiles.writeSecret(key, pem(new JcaPKCS8Generator(ed25519.getPrivate(), null)));
        assertThatThrownBy(() -> given(directory.resolve("data/ca.crt"), key))
                .hasMessageContaining("expected EC or RSA");
    }

    private static CertificateAuthority given(Path certificate, Path key) {
        return CertificateAuthority.given(certificate, key, InstantSource.fixed(NOW), RANDOM);
    }

    private static String pem(Object what) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
