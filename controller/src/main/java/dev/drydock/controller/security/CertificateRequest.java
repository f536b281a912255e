package dev.drydock.controller.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a host asks to have certified: a key that it has proven to hold. Subject and extensions of the request are ignored;
 * the authority alone says who a host is.
 *
 * @param key EC, on the curve P-256
 */
public record CertificateRequest(PublicKey key) {
    private static final int MAX_BYTES = 8 * 1024;
    private static final String EXPECTED =
            " Expected a PKCS#10 request (DER) for an EC key on P-256, signed by that key.";

    /** @throws IllegalArgumentException says what is wrong with the request and what was expected */
    public static CertificateRequest parse(byte[] der) {
        if (der.length == 0 || der.length > MAX_BYTES) {
            throw refused("The certificate request has " + der.length + " bytes, not 1 to " + MAX_BYTES + ".", null);
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            requireP256(request.getSubjectPublicKeyInfo().getAlgorithm());
            PublicKey key = request.getPublicKey();
            if (!(key instanceof ECPublicKey)) {
                throw refused("The certificate request is for a key of type " + key.getAlgorithm() + ".", null);
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused("The certificate request is not signed by the key that it is for.", null);
            }
            return new CertificateRequest(key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw refused("The certificate request cannot be read.", e);
        }
    }

    private static void requireP256(AlgorithmIdentifier algorithm) {
        ASN1ObjectIdentifier type = algorithm.getAlgorithm();
        if (!type.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            throw refused("The certificate request is for a key of type " + type + ", not EC.", null);
        }
        if (!SECObjectIdentifiers.secp256r1.equals(algorithm.getParameters())) {
            throw refused("The certificate request is for an EC key on another curve than P-256.", null);
        }
    }

    private static IllegalArgumentException refused(String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(what + EXPECTED, cause);
    }
}
