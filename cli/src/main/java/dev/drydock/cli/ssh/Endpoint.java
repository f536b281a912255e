package dev.drydock.cli.ssh;

import java.util.List;

/**
 * One machine that is logged in to.
 *
 * @param host name or address, without brackets
 * @param fingerprints of its host keys, as {@code SHA256:…}, where the file of hosts gives any: then nothing else is believed
 */
public record Endpoint(String user, String host, int port, List<String> fingerprints) {
    public Endpoint {
        fingerprints = List.copyOf(fingerprints);
    }

    /** As known_hosts names it. */
    String lookup() {
        return port == 22 ? host : "[" + host + "]:" + port;
    }

    /** {@code deploy@web-01.example.com}, with the port where it is not ssh's. */
    @Override
    public String toString() {
        String at = host.contains(":") ? "[" + host + "]" : host;
        return user + "@" + at + (port == 22 ? "" : ":" + port);
    }
}
