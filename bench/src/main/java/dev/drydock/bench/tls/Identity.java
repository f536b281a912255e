package dev.drydock.bench.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A key and the certificate that a CA signed for it. */
public record Identity(PrivateKey key, X509Certificate certificate) {
    @Override
    public String toString() {
        return "Identity[" + certificate.getSubjectX500Principal() + "]";
    }
}
