package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.Digests;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * What people ask of a certificate.
 *
 * @param names of its alternative names those of DNS, in lower case, and IP addresses; the order is the certificate's
 * @param fingerprint SHA-256 of the certificate, hex
 */
public record CertificateLook(
        String subject, List<String> names, String issuer, Instant notBefore, Instant notAfter, String fingerprint) {
    private static final int DNS = 2;
    private static final int IP = 7;

    public CertificateLook {
        names = List.copyOf(names);
    }

    public static CertificateLook of(X509Certificate certificate) {
        return new CertificateLook(
                text(certificate.getSubjectX500Principal()),
                names(certificate),
                text(certificate.getIssuerX500Principal()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                fingerprint(certificate));
    }

    /** Whether it is for this name: by its alternative names alone, a wildcard for one label (RFC 9525, section 6.3). */
    public boolean isFor(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        String wildcard = dot > 0 ? "*" + wanted.substring(dot) : "";
        return names.contains(wanted) || (!wildcard.isEmpty() && names.contains(wildcard));
    }

    private static String text(X500Principal principal) {
        return principal.getName(X500Principal.RFC2253);
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0) instanceof Integer type && (type == DNS || type == IP)) {
                    names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateParsingException e) {
            // A name that cannot be read is none that anything could be checked against.
            return List.of();
        }
        return names;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Digests.sha256(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
