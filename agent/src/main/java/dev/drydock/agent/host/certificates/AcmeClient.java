package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A program that renews one certificate by ACME (RFC 8555), and that obtained it before: how it challenges, for whom and where is in
 * its own configuration. Paths are inside the managed system.
 */
public interface AcmeClient {
    /** The program, a path or a name that is looked up. */
    String program();

    /** Where it lays the certificate with its chain. */
    String certificate();

    /** Where it lays the private key. */
    String key();

    /** All that a renewal may change: files, links and whole directories. They need not exist. */
    List<String> state(HostFiles files) throws IOException;

    /** From when on it renews by itself. */
    Instant dueFrom(HostFiles files, X509Certificate now) throws IOException;

    /**
     * Renews, or leaves it where it is not due, without asking anybody anything.
     *
     * @param force renews also what is not due
     */
    List<String> renewal(boolean force);

    default Map<String, String> environment() {
        return Map.of("HOME", "/root");
    }
}
