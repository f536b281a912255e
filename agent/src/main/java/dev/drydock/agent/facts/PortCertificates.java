package dev.drydock.agent.facts;

import dev.drydock.agent.host.certificates.ListeningPorts;
import dev.drydock.agent.host.certificates.ServedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this machine's own ports show by TLS. A listener that does not speak it is asked once and never again: a handshake is noise in
 * its log. For one thread.
 */
final class PortCertificates {
    private static final Duration HANDSHAKE = Duration.ofMillis(500);
    private static final int MOST_PORTS = 64;

    private final Path proc;
    /** Port and inode of the sockets of those that do not speak TLS. */
    private Map<Integer, String> silent = Map.of();

    PortCertificates(Path proc) {
        this.proc = proc;
    }

    /** By port; leaf first. Takes at most {@value #MOST_PORTS} times half a second. */
    Map<Integer, List<X509Certificate>> ask() {
        Map<Integer, String> listeners = new TreeMap<>(ListeningPorts.of(table("tcp6")));
        listeners.putAll(ListeningPorts.of(table("tcp")));
        Map<Integer, List<X509Certificate>> shown = new TreeMap<>();
        Map<Integer, String> stillSilent = new HashMap<>();
        listeners.entrySet().stream().limit(MOST_PORTS).forEach(listener -> {
            if (listener.getValue().equals(silent.get(listener.getKey()))) {
                stillSilent.put(listener.getKey(), listener.getValue());
                return;
            }
            try {
                shown.put(listener.getKey(), ServedCertificate.ask("localhost", listener.getKey(), "", HANDSHAKE));
            } catch (IOException noTls) {
                stillSilent.put(listener.getKey(), listener.getValue());
            }
        });
        silent = stillSilent;
        return shown;
    }

    private String table(String name) {
        try {
            return Files.readString(proc.resolve("self/net/" + name));
        } catch (IOException noSuchProtocol) {
            return "";
        }
    }
}
