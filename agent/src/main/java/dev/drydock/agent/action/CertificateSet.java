package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.CertificateFile;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.agent.host.certificates.PrivateKeyFile;
import dev.drydock.playbooks.model.Units;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate with its chain, and its key, in two files of the managed system.
 *
 * @param chain leaf first
 */
record CertificateSet(String certificate, String key, List<X509Certificate> chain) {
    static CertificateSet read(ManagedHost host, String certificate, String key) throws IOException {
        String pem = host.files()
                .read(certificate)
                .orElseThrow(() -> new IOException("there is no certificate " + certificate));
        return new CertificateSet(certificate, key, CertificateFile.read(certificate, pem));
    }

    CertificateLook look() {
        return CertificateLook.of(chain.getFirst());
    }

    /**
     * All that stands against serving it, at once.
     *
     * @param names that it must be for
     */
    void requireServable(List<String> names, Duration goodFor, Instant now, ManagedHost host, Job job)
            throws HostException, InterruptedException {
        List<String> problems = new ArrayList<>();
        CertificateLook leaf = look();
        if (!new PrivateKeyFile(host.commands()).belongsTo(chain.getFirst(), key, job)) {
            problems.add("the key " + key + " does not belong to the certificate " + certificate);
        }
        if (leaf.notBefore().isAfter(now)) {
            problems.add(certificate + " is not good before " + leaf.notBefore());
        }
        if (leaf.notAfter().isBefore(now.plus(goodFor))) {
            problems.add(certificate + " ends at " + leaf.notAfter() + ", expected at least " + Units.text(goodFor)
                    + " from now");
        }
        names.stream()
                .filter(name -> !leaf.isFor(name))
                .forEach(name -> problems.add(certificate + " is not for " + name + " but for " + leaf.names()));
        String disorder = CertificateFile.disorder(chain);
        if (!disorder.isEmpty()) {
            problems.add(certificate + ": " + disorder);
        }
        if (!problems.isEmpty()) {
            throw new HostException(String.join("; ", problems));
        }
    }
}
