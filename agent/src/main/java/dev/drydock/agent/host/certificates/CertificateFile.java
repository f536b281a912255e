package dev.drydock.agent.host.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates in PEM (RFC 7468), what stands around them is left out. Pure. */
public final class CertificateFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----", Pattern.DOTALL);

    private CertificateFile() {}

    /**
     * @param name of the file, for errors
     * @throws IOException when there is none, or one that cannot be read
     */
    public static List<X509Certificate> read(String name, String pem) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            byte[] bytes = block.group().getBytes(StandardCharsets.US_ASCII);
            try {
                all.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "certificate " + (all.size() + 1) + " in " + name + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (all.isEmpty()) {
            throw new IOException("there is no certificate in " + name + "; expected PEM");
        }
        return all;
    }

    /** Why the certificates do not follow one another, leaf first, each signed by the next; empty when they do. */
    public static String disorder(List<X509Certificate> chain) {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException e) {
                return "certificate " + (i + 1) + " of the chain is not signed by the one that follows it";
            }
        }
        return "";
    }
}
