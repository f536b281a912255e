package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * lego. It keeps certificates and accounts and not how they were asked for, so the options with account and challenge are told to it
 * each time, as they were when it obtained the certificate.
 *
 * @param directory its {@code --path}
 * @param options its global ones
 */
record Lego(String directory, String name, List<String> options) implements AcmeClient {
    static final String USUAL = "/var/lib/lego";

    private static final int DAYS = 30;

    @Override
    public String program() {
        return "lego";
    }

    private String base() {
        return directory + "/certificates/" + name.replace('*', '_');
    }

    @Override
    public String certificate() {
        return base() + ".crt";
    }

    @Override
    public String key() {
        return base() + ".key";
    }

    @Override
    public List<String> state(HostFiles files) {
        return List.of(
                certificate(), key(), base() + ".issuer.crt", base() + ".json", base() + ".pem", base() + ".pfx");
    }

    @Override
    public Instant dueFrom(HostFiles files, X509Certificate now) {
        return now.getNotAfter().toInstant().minus(Duration.ofDays(DAYS));
    }

    /** It has no word for "force": what is always within that many days of its end is always due. */
    @Override
    public List<String> renewal(boolean force) {
        List<String> argv = new ArrayList<>(List.of(program(), "--path", directory, "--domains", name));
        argv.addAll(options);
        argv.addAll(List.of("renew", "--no-random-sleep", "--days", force ? "36500" : Integer.toString(DAYS)));
        return argv;
    }
}
