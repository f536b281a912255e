package dev.drydock.bench.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for one run of the benchmark. Its key lives in this object only. Safe for several threads. */
public final class ThrowAwayCa {
    private static final X500Name NAME = new X500Name("CN=Drydock bench CA");
    private static final Duration VALID = Duration.ofHours(12);

    private final KeyPair keys = Keys.generate();
    private final AtomicLong serial = new AtomicLong(1);
    private final Instant notBefore;
    private final X509Certificate certificate;

    public ThrowAwayCa(Instant now) {
        this.notBefore = now.minus(Duration.ofMinutes(5));
        this.certificate = sign(NAME, keys, true);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A leaf for servers and clients alike, also valid for {@code localhost}. */
    public Identity issue(String commonName) {
        KeyPair leaf = Keys.generate();
        return new Identity(leaf.getPrivate(), sign(new X500Name("CN=" + commonName), leaf, false));
    }

    /** Leaves {@code prefix0}, {@code prefix1} and so on, made on all cores. */
    public List<Identity> issue(String prefix, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> issue(prefix + i))
                .toList();
    }

    private X509Certificate sign(X500Name subject, KeyPair subjectKeys, boolean authority) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    NAME,
                    BigInteger.valueOf(serial.getAndIncrement()),
                    Date.from(notBefore),
                    Date.from(notBefore.plus(VALID)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign a certificate for " + subject, e);
        }
    }
}
