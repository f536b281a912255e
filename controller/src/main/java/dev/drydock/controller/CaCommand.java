package dev.drydock.controller;

import dev.drydock.controller.security.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code drydock-controller ca}. */
@Command(name = "ca", description = "The certificate authority.", mixinStandardHelpOptions = true)
final class CaCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: fingerprint.");
    }

    @Command(
            name = "fingerprint",
            description = "Prints the SHA-256 of the CA's certificate, by which agents know the controller.",
            mixinStandardHelpOptions = true)
    int fingerprint(
            @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data directory.")
                    Path data)
            throws StartException {
        Path file = DataDirectory.caCertificate(data);
        try (InputStream pem = Files.newInputStream(file)) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getEncoded();
            spec.commandLine().getOut().println(HexFormat.of().formatHex(Sha256.of(certificate)));
            return 0;
        } catch (NoSuchFileException e) {
            throw new StartException(
                    "There is no " + file + ": no controller was started with this data directory yet.", e);
        } catch (IOException | CertificateException e) {
            throw new StartException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
