package dev.drydock.agent.testing;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An authority for tests, as the controller's is. */
public final class TestCa {
    private final KeyPair pair = newKey();
    private final X509Certificate certificate;

    public TestCa() {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=test authority"),
                    serial(),
                    Date.from(Instant.now().minus(Duration.ofHours(1))),
                    Date.from(Instant.now().plus(Duration.ofDays(10))),
                    new X500Principal("CN=test authority"),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger serial() {
        return new BigInteger(128, new SecureRandom()).setBit(127);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For what a request proves to hold. */
    public X509Certificate host(String id, byte[] csr, Instant from, Instant to) {
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(csr);
            return issue(
                    id,
                    request.getPublicKey(),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "drydock:host:" + id),
                    KeyPurposeId.id_kp_clientAuth,
                    from,
                    to);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server on loopback. */
    public X509Certificate server(PublicKey key, GeneralName name, Instant from, Instant to) {
        return issue("controller", key, name, KeyPurposeId.id_kp_serverAuth, from, to);
    }

    private X509Certificate issue(
            String name, PublicKey key, GeneralName alternative, KeyPurposeId purpose, Instant from, Instant to) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    certificate, serial(), Date.from(from), Date.from(to), new X500Principal("CN=" + name), key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
