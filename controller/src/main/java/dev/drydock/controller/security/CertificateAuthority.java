package dev.drydock.controller.security;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The one authority that agents and controller trust: makes short-lived certificates for hosts and for the controller's own
 * servers. Its own key is EC P-256, made on the first start; an operator may give another. Safe for use by several threads.
 */
public final class CertificateAuthority {
    /** What a host's certificate says in its alternative name, before the host's id. */
    public static final String HOST_URI = "drydock:host:";

    /** Clocks of hosts may be behind: a certificate is good from a while before it was made. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final int SERIAL_BITS = 128;

    private final CaKeyPair ca;
    private final InstantSource clock;
    private final SecureRandom random;

    private CertificateAuthority(CaKeyPair ca, InstantSource clock, SecureRandom random) {
        this.ca = ca;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the authority in this directory ({@code ca.crt}, and {@code ca.key} with mode 0600), or makes it when neither file
     * is there; the directory is made with mode 0700.
     *
     * @throws CertificateAuthorityException when it cannot be used
     */
    public static CertificateAuthority open(Path directory, InstantSource clock, SecureRandom random) {
        CaFiles files = CaFiles.in(directory);
        return new CertificateAuthority(files.loadOrCreate(clock.instant(), random), clock, random);
    }

    /**
     * Uses an operator's authority.
     *
     * @param certificate PEM, one certificate that may sign others
     * @param key PEM, its private key (EC or RSA, not encrypted), readable by its owner only
     * @throws CertificateAuthorityException when it cannot be used
     */
    public static CertificateAuthority given(Path certificate, Path key, InstantSource clock, SecureRandom random) {
        return new CertificateAuthority(new CaFiles(certificate, key).load(clock.instant()), clock, random);
    }

    public X509Certificate certificate() {
        return ca.certificate();
    }

    /** SHA-256 of the authority's certificate, lower-case hex: what enrolment tokens carry. */
    public String fingerprint() {
        return HexFormat.of().formatHex(Sha256.of(IssuedCertificate.der(ca.certificate())));
    }

    /** For a host's client: subject CN and alternative name say its id. */
    public IssuedCertificate issueForHost(String hostId, CertificateRequest request, Duration lifetime) {
        GeneralNames names =
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, HOST_URI + hostId));
        return issue(hostId, request.key(), names, KeyPurposeId.id_kp_clientAuth, lifetime);
    }

    /** For a server of the controller. */
    IssuedCertificate issueForServer(ServerNames names, PublicKey key, Duration lifetime) {
        return issue(names.first(), key, names.asn1(), KeyPurposeId.id_kp_serverAuth, lifetime);
    }

    /** Never outlives the authority. */
    private IssuedCertificate issue(
            String commonName, PublicKey key, GeneralNames names, KeyPurposeId purpose, Duration lifetime) {
        Instant now = clock.instant();
        Instant end = now.plus(lifetime);
        Instant last = ca.certificate().getNotAfter().toInstant();
        if (!now.isBefore(last)) {
            throw new CertificateAuthorityException(
                    "The certificate authority expired at " + last + "; it can issue nothing more.", null);
        }
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    ca.certificate(),
                    serial(),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(end.isBefore(last) ? end : last),
                    new X500Principal("CN=" + commonName),
                    key);
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            identifiers.createAuthorityKeyIdentifier(ca.certificate()));
            X509Certificate leaf = new JcaX509CertificateConverter().getCertificate(builder.build(ca.signer()));
            return new IssuedCertificate(List.of(leaf, ca.certificate()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new CertificateAuthorityException("A certificate for " + commonName + " cannot be made.", e);
        }
    }

    /** 128 random bits, and never zero. */
    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }
}
