package dev.drydock.controller.security;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority's certificate and the key that signs for it. */
record CaKeyPair(X509Certificate certificate, PrivateKey key) {
    private static final Duration LIFETIME = Duration.ofDays(3_650);
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final int KEY_CERT_SIGN = 5;
    private static final int PROBE_BYTES = 32;
    private static final int NAME_BYTES = 4;
    private static final int SERIAL_BITS = 128;

    /** A new authority that lives for ten years and may sign no other authority. */
    static CaKeyPair create(Instant now, SecureRandom random)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair pair = newKey(random);
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        X500Principal subject =
                new X500Principal("CN=Drydock CA " + HexFormat.of().formatHex(name));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return new CaKeyPair(
                new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
    }

    static KeyPair newKey(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder(algorithm()).build(key);
    }

    private String algorithm() {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** All reasons why this pair cannot be the authority; empty when it can. */
    List<String> problems(Instant now) {
        List<String> problems = new ArrayList<>();
        if (!key.getAlgorithm().equals("EC") && !key.getAlgorithm().equals("RSA")) {
            problems.add("the key is of type " + key.getAlgorithm() + "; expected EC or RSA");
        } else if (!matches()) {
            problems.add("the key does not belong to the certificate");
        }
        if (certificate.getBasicConstraints() < 0) {
            problems.add("the certificate is of no authority; expected basic constraints CA:TRUE");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            problems.add("the certificate may not sign others; expected key usage keyCertSign");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            problems.add("the certificate is not valid before "
                    + certificate.getNotBefore().toInstant() + ", and now it is " + now);
        }
        if (!now.isBefore(certificate.getNotAfter().toInstant())) {
            problems.add(
                    "the certificate expired at " + certificate.getNotAfter().toInstant() + ", and now it is " + now);
        }
        return problems;
    }

    private boolean matches() {
        try {
            byte[] probe = new byte[PROBE_BYTES];
            Signature signature = Signature.getInstance(algorithm());
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Keys of two types: they do not belong together.
            return false;
        }
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
