package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.CertificateFile;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.agent.host.certificates.PrivateKeyFile;
import dev.drydock.playbooks.model.Args;
import dev.drydock.playbooks.model.Units;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code certificate.check}: a certificate in a file, or that a port shows, is good for long enough, for its names and its key. */
final class CertificateCheck implements Check {
    private static final Duration DEFAULT_GOOD_FOR = Duration.ofDays(14);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final ManagedHost host;
    private final InstantSource clock;

    CertificateCheck(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificate.check";
    }

    @Override
    public Struct observe(StepContext context) throws InterruptedException {
        Args args = context.args();
        try {
            List<X509Certificate> chain = chain(context);
            CertificateLook leaf = CertificateLook.of(chain.getFirst());
            Duration goodFor = args.duration("goodFor", DEFAULT_GOOD_FOR);
            Instant now = clock.instant();
            List<String> problems = new ArrayList<>();
            if (leaf.notBefore().isAfter(now)) {
                problems.add("it is not good before " + leaf.notBefore());
            }
            if (leaf.notAfter().isBefore(now.plus(goodFor))) {
                problems.add(
                        "it ends at " + leaf.notAfter() + ", expected at least " + Units.text(goodFor) + " from now");
            }
            for (String name : args.strings("names")) {
                if (!leaf.isFor(name)) {
                    problems.add("it is not for " + name + " but for " + leaf.names());
                }
            }
            String disorder = CertificateFile.disorder(chain);
            if (!disorder.isEmpty()) {
                problems.add(disorder);
            }
            Optional<String> key = args.optionalString("key");
            if (key.isPresent()
                    && !new PrivateKeyFile(host.commands())
                            .belongsTo(chain.getFirst(), key.get(), OnHost.job(context))) {
                problems.add("the key " + key.get() + " does not belong to it");
            }
            return new Structs()
                    .put("subject", leaf.subject())
                    .put("ends", leaf.notAfter().toString())
                    .put("problem", String.join("; ", problems))
                    .build();
        } catch (HostException | IOException e) {
            return new Structs().put("problem", String.valueOf(e.getMessage())).build();
        }
    }

    private List<X509Certificate> chain(StepContext context) throws IOException {
        Args args = context.args();
        Optional<String> file = args.optionalString("file");
        if (file.isPresent()) {
            String pem =
                    host.files().read(file.get()).orElseThrow(() -> new IOException("there is no file " + file.get()));
            return CertificateFile.read(file.get(), pem);
        }
        Duration left = context.timeLeft().get();
        return ServedPort.of(args).ask(left.compareTo(HANDSHAKE) < 0 ? left : HANDSHAKE);
    }

    @Override
    public Finding judge(StepContext context, Struct baseline, Struct now) {
        return Judgement.of(baseline, now, seen -> Structs.string(seen, "problem"), CertificateCheck::measured);
    }

    private static String measured(Struct seen) {
        String subject = Structs.string(seen, "subject");
        return subject.isEmpty() ? "no certificate" : subject + " until " + Structs.string(seen, "ends");
    }
}
