package dev.drydock.controller;

import dev.drydock.controller.install.InstallPages;
import dev.drydock.controller.security.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** The part of the controller that hosts come to their agent by. */
final class Installing {
    private static final int LINE = 64;

    private Installing() {}

    static InstallPages pages(ControllerOptions options, CertificateAuthority authority, int agentPort) {
        return new InstallPages(
                options.names().first(), agentPort, pem(authority), authority.fingerprint(), options.packages());
    }

    private static String pem(CertificateAuthority authority) {
        try {
            String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(authority.certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use has an encoding", e);
        }
    }
}
