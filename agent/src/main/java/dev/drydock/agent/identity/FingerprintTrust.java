package dev.drydock.agent.identity;

import dev.drydock.agent.host.Digests;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/**
 * Trust on first contact: a server is believed when a certificate in the chain that it shows has the fingerprint that the
 * token named, and that certificate as the only authority makes the chain valid. For one connection.
 */
final class FingerprintTrust implements X509TrustManager {
    private final String fingerprint;

    FingerprintTrust(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        List<String> seen = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            String found = Digests.sha256(certificate.getEncoded());
            if (found.equals(fingerprint)) {
                requireAuthority(certificate);
                try {
                    Tls.trust(List.of(certificate)).checkServerTrusted(chain, authType);
                    return;
                } catch (GeneralSecurityException e) {
                    throw e instanceof CertificateException known ? known : new CertificateException(e);
                }
            }
            seen.add(found);
        }
        throw new ForeignAuthorityException(fingerprint, seen.isEmpty() ? "none" : seen.getLast());
    }

    private static void requireAuthority(X509Certificate certificate) throws CertificateException {
        if (certificate.getBasicConstraints() < 0) {
            throw new CertificateException(
                    "the certificate that the token names is not one of an authority; create another token");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this end is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** The server's chain does not end in the authority that the token names. */
    static final class ForeignAuthorityException extends CertificateException {
        ForeignAuthorityException(String expected, String found) {
            super("its certificate comes from another authority than the token names (SHA-256 expected " + expected
                    + ", found " + found + ")");
        }
    }
}
