package dev.drydock.bench.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A server's key, certificate and CA as files, to hand them to another process. The key's file is for its owner only.
 */
public record PemFiles(Path key, Path certificate, Path ca) {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** Names the files; writes nothing. */
    public static PemFiles in(Path directory) {
        return new PemFiles(
                directory.resolve("server.key"), directory.resolve("server.crt"), directory.resolve("ca.crt"));
    }

    /** Writes them; they must not be there yet. */
    public void write(Identity server, ThrowAwayCa authority) throws IOException {
        try {
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, pem("PRIVATE KEY", server.key().getEncoded()), StandardOpenOption.WRITE);
            Files.writeString(
                    certificate, pem("CERTIFICATE", server.certificate().getEncoded()));
            Files.writeString(ca, pem("CERTIFICATE", authority.certificate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate without an encoding", e);
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + LINES.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
