package dev.drydock.agent.action;

import dev.drydock.agent.host.certificates.ServedCertificate;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * Where a certificate is served.
 *
 * @param serverName that is asked for; empty for none
 */
record ServedPort(String host, int port, String serverName) {
    static ServedPort of(Args args) {
        int port = Math.toIntExact(args.optionalInteger("port")
                .filter(p -> p >= 1 && p <= 0xFFFF)
                .orElseThrow(() -> new IllegalArgumentException("argument 'port' is missing or not from 1 to 65535")));
        String host = args.string("host", "localhost");
        List<String> names = args.strings("names");
        return new ServedPort(host, port, names.isEmpty() ? "" : names.getFirst());
    }

    /** @return leaf first */
    List<X509Certificate> ask(Duration timeout) throws IOException {
        try {
            return ServedCertificate.ask(host, port, serverName, timeout);
        } catch (IOException e) {
            throw new IOException(this + " shows no certificate: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
