package dev.drydock.controller.security;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate fresh from the authority, not on record yet.
 *
 * @param chain leaf first, the authority's own last
 */
public record IssuedCertificate(List<X509Certificate> chain) {
    public IssuedCertificate {
        chain = List.copyOf(chain);
    }

    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** Hexadecimal. */
    public String serial() {
        return leaf().getSerialNumber().toString(16);
    }

    public String subject() {
        return leaf().getSubjectX500Principal().getName();
    }

    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** DER, leaf first. */
    public List<byte[]> encoded() {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            encoded.add(der(certificate));
        }
        return encoded;
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed or built has an encoding", e);
        }
    }
}
