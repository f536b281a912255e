package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The ACME clients that are known here. */
public final class AcmeClients {
    private AcmeClients() {}

    /**
     * @param client {@code certbot}, {@code lego} or {@code acme.sh}
     * @param name the certificate's, as the client calls it
     * @param directory where the client keeps it; empty: where it usually does
     * @param options for lego alone
     */
    public static AcmeClient of(
            HostFiles files, String client, String name, Optional<String> directory, List<String> options)
            throws IOException {
        if (!options.isEmpty() && !client.equals("lego")) {
            throw new IllegalArgumentException("argument 'acme.options' is for lego alone; " + client
                    + " has kept how the certificate was asked for");
        }
        return switch (client) {
            case "certbot" -> new Certbot(directory.orElse(Certbot.USUAL), name);
            case "lego" -> new Lego(directory.orElse(Lego.USUAL), name, options);
            case "acme.sh" -> AcmeSh.of(files, directory.orElse(AcmeSh.USUAL), name);
            default ->
                throw new IllegalArgumentException(
                        "argument 'acme.client' is " + client + ", expected certbot, lego or acme.sh");
        };
    }
}
