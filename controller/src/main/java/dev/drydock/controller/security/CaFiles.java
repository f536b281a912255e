package dev.drydock.controller.security;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.jspecify.annotations.Nullable;

/** Where the authority lies on disk. The key is written first, so that a certificate without its key is never left behind. */
record CaFiles(Path certificate, Path key) {
    static CaFiles in(Path directory) {
        return new CaFiles(directory.resolve("ca.crt"), directory.resolve("ca.key"));
    }

    CaKeyPair loadOrCreate(Instant now, SecureRandom random) {
        if (Files.exists(certificate)) {
            return load(now);
        }
        try {
            Path directory = certificate.toAbsolutePath().getParent();
            if (directory != null) {
                PrivateFiles.directory(directory);
            }
            // A key alone was left by a first start that was cut short: nothing was signed with it.
            CaKeyPair made = CaKeyPair.create(now, random);
            PrivateFiles.writeSecret(key, pem(new JcaPKCS8Generator(made.key(), null)));
            PrivateFiles.writePublic(certificate, pem(made.certificate()));
            return made;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new CertificateAuthorityException(
                    "A certificate authority cannot be made in "
                            + certificate.toAbsolutePath().getParent() + ": " + e
                            + ". Check that this user may write there and that the file system has space.",
                    e);
        }
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    CaKeyPair load(Instant now) {
        List<String> problems = new ArrayList<>();
        try {
            CaKeyPair pair = new CaKeyPair(readCertificate(), readKey());
            problems.addAll(pair.problems(now));
            if (PrivateFiles.openToOthers(key)) {
                problems.add("others than its owner may access the key; run: chmod 600 " + key);
            }
            if (problems.isEmpty()) {
                return pair;
            }
        } catch (NoSuchFileException e) {
            throw unusable(List.of("the file " + e.getFile() + " is missing; put it back from a backup"), e);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(List.of(String.valueOf(e.getMessage())), e);
        }
        throw unusable(problems, null);
    }

    private CertificateAuthorityException unusable(List<String> problems, @Nullable Throwable cause) {
        return new CertificateAuthorityException(
                "The certificate authority (" + certificate + ", " + key + ") cannot be used: "
                        + String.join("; ", problems) + ".",
                cause);
    }

    private X509Certificate readCertificate() throws IOException, GeneralSecurityException {
        List<X509CertificateHolder> found = new ArrayList<>();
        try (BufferedReader text = Files.newBufferedReader(certificate, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(text)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder) {
                    found.add(holder);
                }
            }
        }
        if (found.size() != 1) {
            throw new IOException(
                    certificate + " holds " + found.size() + " certificates; expected PEM with exactly one");
        }
        return new JcaX509CertificateConverter().getCertificate(found.getFirst());
    }

    private PrivateKey readKey() throws IOException {
        try (BufferedReader text = Files.newBufferedReader(key, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(text)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
                if (part instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        }
        throw new IOException(key + " holds no plain private key; expected PEM, PKCS#8 or SEC 1, not encrypted");
    }
}
