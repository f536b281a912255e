package dev.drydock.agent.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and EC keys as text (RFC 7468). */
final class Pem {
    private static final String KEY = "PRIVATE KEY";

    private Pem() {}

    static byte[] write(List<X509Certificate> certificates) throws CertificateException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** PKCS#8. */
    static byte[] write(PrivateKey key) {
        return block(KEY, key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    private static String block(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** @throws CertificateException also when there is none */
    static List<X509Certificate> readCertificates(byte[] text) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text))) {
            certificates.add((X509Certificate) certificate);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("there is no certificate in it");
        }
        return certificates;
    }

    /** @throws CertificateException when it is none */
    static X509Certificate readDer(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    static PrivateKey readKey(byte[] text) throws GeneralSecurityException {
        String body = new String(text, StandardCharsets.US_ASCII)
                .replace("-----BEGIN " + KEY + "-----", "")
                .replace("-----END " + KEY + "-----", "")
                .strip();
        try {
            byte[] der = Base64.getMimeDecoder().decode(body);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is no PEM private key", e);
        }
    }
}
