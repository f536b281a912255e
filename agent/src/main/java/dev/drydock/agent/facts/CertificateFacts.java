package dev.drydock.agent.facts;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.CertificateFile;
import dev.drydock.agent.host.certificates.CertificateFinder;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.agent.host.certificates.CertificateReference;
import dev.drydock.agent.host.certificates.PrivateKeyFile;
import dev.drydock.proto.facts.v1.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Certificates of servers: in files that are used, and as ports show them. Looked at anew when a file of all this has changed, once
 * more after that (a server reads its files later than they are written), and every hour. Of keys only their public half is asked.
 * For one thread.
 */
final class CertificateFacts {
    private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);
    private static final int MOST = 200;

    private final ManagedHost host;
    private final InstantSource clock;
    private final PortCertificates ports;

    private List<Certificate> last = List.of();
    private Map<String, String> stamps = Map.of();
    private Instant lookedAt = Instant.MIN;
    private boolean onceMore;

    CertificateFacts(ManagedHost host, InstantSource clock, Path proc) {
        this.host = host;
        this.clock = clock;
        this.ports = new PortCertificates(proc);
    }

    List<Certificate> gather(Job job) throws IOException, InterruptedException {
        Instant now = clock.instant();
        boolean changed = !stamps(stamps.keySet()).equals(stamps);
        if (!changed && !onceMore && lookedAt != Instant.MIN && now.isBefore(lookedAt.plus(AT_LEAST_EVERY))) {
            return last;
        }
        CertificateFinder.Found found = CertificateFinder.find(host.files());
        List<Certificate> all = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>(found.seen());
        for (Map.Entry<List<String>, List<String>> used : byFile(found).entrySet()) {
            String certificate = used.getKey().getFirst();
            String key = used.getKey().getLast();
            seen.add(host.files().resolve(certificate).toString());
            seen.add(host.files().resolve(key).toString());
            seen.add(host.files().resolveLink(certificate).toString());
            all.add(inFile(certificate, key, used.getValue(), job));
        }
        if (host.files().isWholeSystem()) {
            ports.ask()
                    .forEach((port, chain) ->
                            all.add(look(Certificate.newBuilder().setLocation("port " + port), chain)
                                    .build()));
        }
        onceMore = changed;
        stamps = stamps(seen);
        lookedAt = now;
        last = List.copyOf(all);
        return last;
    }

    /** Who names them, by certificate and key. */
    private static Map<List<String>, List<String>> byFile(CertificateFinder.Found found) {
        Map<List<String>, TreeSet<String>> users = new LinkedHashMap<>();
        for (CertificateReference reference : found.references()) {
            String key = reference.key().isEmpty() ? reference.certificate() : reference.key();
            if (users.size() < MOST) {
                users.computeIfAbsent(List.of(reference.certificate(), key), pair -> new TreeSet<>())
                        .add(reference.by());
            }
        }
        Map<List<String>, List<String>> sorted =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        users.forEach((pair, by) -> sorted.put(pair, List.copyOf(by)));
        return sorted;
    }

    private Certificate inFile(String certificate, String key, List<String> by, Job job) throws InterruptedException {
        Certificate.Builder facts =
                Certificate.newBuilder().setLocation(certificate).setKey(key).addAllUsedBy(by);
        try {
            String pem = host.files()
                    .read(certificate)
                    .orElseThrow(() -> new IOException("there is no file " + certificate));
            List<X509Certificate> chain = CertificateFile.read(certificate, pem);
            look(facts, chain);
            facts.setKeyMatches(new PrivateKeyFile(host.commands()).belongsTo(chain.getFirst(), key, job));
        } catch (HostException | IOException e) {
            facts.setTrouble(String.valueOf(e.getMessage()));
        }
        return facts.build();
    }

    private static Certificate.Builder look(Certificate.Builder facts, List<X509Certificate> chain) {
        CertificateLook look = CertificateLook.of(chain.getFirst());
        return facts.setSubject(look.subject())
                .addAllNames(look.names())
                .setIssuer(look.issuer())
                .setNotAfter(Timestamp.newBuilder().setSeconds(look.notAfter().getEpochSecond()))
                .setFingerprint(look.fingerprint())
                .setChainInOrder(CertificateFile.disorder(chain).isEmpty());
    }

    private static Map<String, String> stamps(Iterable<String> paths) {
        Map<String, String> stamps = new TreeMap<>();
        for (String path : paths) {
            stamps.put(path, stamp(Path.of(path)));
        }
        return stamps;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
        } catch (IOException absent) {
            return "";
        }
    }
}
