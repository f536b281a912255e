package dev.drydock.agent.identity;

import com.google.protobuf.ByteString;
import dev.drydock.agent.host.Digests;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads what the controller issued, and believes nothing of it that can be checked. */
record IssuedChain(List<X509Certificate> chain, List<X509Certificate> roots) {
    /**
     * @param roots may be empty: then the certificate must come from those that are trusted already
     * @throws IdentityException when it is not a certificate for this key and host from those roots
     */
    static IssuedChain read(
            List<ByteString> chain, List<ByteString> roots, List<X509Certificate> trusted, PublicKey key, String hostId)
            throws IdentityException {
        try {
            IssuedChain issued = new IssuedChain(certificates(chain), certificates(roots));
            if (issued.chain.isEmpty()) {
                throw new CertificateException("there is none");
            }
            X509Certificate leaf = issued.chain.getFirst();
            if (!leaf.getPublicKey().equals(key)) {
                throw new CertificateException("it is for another key");
            }
            if (!leaf.getSubjectX500Principal().getName().equals("CN=" + hostId)) {
                throw new CertificateException(
                        "it is for " + leaf.getSubjectX500Principal().getName() + ", not for CN=" + hostId);
            }
            Tls.trust(issued.roots.isEmpty() ? trusted : issued.roots)
                    .checkClientTrusted(issued.chain.toArray(X509Certificate[]::new), "EC");
            return issued;
        } catch (GeneralSecurityException e) {
            throw IdentityException.failed(
                    "the controller issued a certificate that is of no use: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(List<ByteString> ders) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (ByteString der : ders) {
            certificates.add(Pem.readDer(der.toByteArray()));
        }
        return certificates;
    }

    boolean hasRoot(String fingerprint) throws IdentityException {
        try {
            for (X509Certificate root : roots) {
                if (Digests.sha256(root.getEncoded()).equals(fingerprint)) {
                    return true;
                }
            }
            return false;
        } catch (CertificateException e) {
            throw IdentityException.failed("an authority's certificate cannot be encoded", e);
        }
    }
}
