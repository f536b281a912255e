package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * To which certificate a private key belongs. openssl reads it, in each form that web servers read (PKCS#8, PKCS#1, SEC 1), and
 * tells its public half; the key itself does not come here.
 */
public final class PrivateKeyFile {
    private final Commands commands;

    public PrivateKeyFile(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param path inside the managed system
     * @throws HostException when it is no private key, or one with a passphrase
     */
    public boolean belongsTo(X509Certificate certificate, String path, Job job)
            throws HostException, InterruptedException {
        // An empty passphrase: a key that has one fails instead of asking for it.
        Commands.Result result = job.silent()
                .run(
                        commands,
                        Map.of(),
                        List.of("openssl", "pkey", "-in", path, "-passin", "pass:", "-pubout", "-outform", "PEM"));
        if (!result.ok()) {
            throw new HostException(path + " holds no private key that openssl can read without a passphrase (exit "
                    + result.exitCode() + ")");
        }
        String base64 = result.stdout().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return Arrays.equals(
                    Base64.getDecoder().decode(base64),
                    certificate.getPublicKey().getEncoded());
        } catch (IllegalArgumentException e) {
            throw new HostException("openssl told no public key of " + path, e);
        }
    }
}
