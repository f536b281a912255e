package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.playbooks.model.Args;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code certificate.renew}: puts a certificate and its key, which the operator laid on the host, in the place of those that are
 * served, has the services read them, and proves by a handshake that the new one is served. The way back: the old files, read
 * again, and served.
 */
final class CertificateRenew implements Action {
    private static final String KEPT = "kept";
    private static final String WANTED = "wanted";
    private static final String SERVICES = "services";
    private static final String SERVED = "served";
    private static final String FINGERPRINT = "fingerprint";
    private static final Duration DEFAULT_GOOD_FOR = Duration.ofDays(14);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int MOST_LOOKS = 20;
    private static final int KEY_MODE = 0600;
    private static final int CERTIFICATE_MODE = 0644;

    private final ManagedHost host;
    private final FileKeeper keeper;
    private final ServiceStates states;
    private final InstantSource clock;
    private final Pause pause;

    CertificateRenew(ManagedHost host, InstantSource clock, Pause pause) {
        this.host = host;
        this.keeper = new FileKeeper(host.files());
        this.states = new ServiceStates(host.services(), pause);
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "certificate.renew";
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(2);
    }

    /** A mismatching key, a certificate for other names, or one that ends soon is refused here: nothing has changed then. */
    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            CertificateSet wanted = wanted(context);
            Args args = context.args();
            String from = host.files().exists(args.string("certificate"))
                    ? describe(CertificateSet.read(host, args.string("certificate"), args.string("key"))
                            .look())
                    : "";
            boolean there = sameContent(args.string("certificate"), wanted.certificate())
                    && sameContent(args.string("key"), wanted.key());
            return there
                    ? Plan.nothing("the certificate is in its place already: " + describe(wanted.look()))
                    : Plan.of(List.of(change(args.string("certificate"), from, describe(wanted.look()))));
        });
    }

    private CertificateSet wanted(StepContext context) throws HostException, IOException, InterruptedException {
        Args args = context.args();
        CertificateSet wanted = CertificateSet.read(host, args.string("fromCertificate"), args.string("fromKey"));
        wanted.requireServable(
                names(args), args.duration("goodFor", DEFAULT_GOOD_FOR), clock.instant(), host, OnHost.job(context));
        return wanted;
    }

    /** Those that are asked for, or else those of the certificate that is there now: none of them may get lost. */
    private List<String> names(Args args) throws IOException {
        if (args.has("names") || !host.files().exists(args.string("certificate"))) {
            return args.strings("names");
        }
        return CertificateSet.read(host, args.string("certificate"), args.string("key")).look().names().stream()
                .filter(name -> !name.startsWith("*."))
                .toList();
    }

    private boolean sameContent(String a, String b) throws IOException {
        return keeper.look(real(a)).sha256().equals(keeper.look(real(b)).sha256());
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            Args args = context.args();
            CertificateSet wanted = wanted(context);
            Path workDir = context.workDir();
            KeptFile oldCertificate = keeper.keep(real(args.string("certificate")), workDir, "old-certificate");
            KeptFile oldKey = keeper.keep(real(args.string("key")), workDir, "old-key");
            KeptFile newCertificate = keeper.keep(real(wanted.certificate()), workDir, "new-certificate");
            KeptFile newKey = keeper.keep(real(wanted.key()), workDir, "new-key");
            Job job = OnHost.job(context);
            return new Structs()
                    .putStructs(KEPT, List.of(KeptFiles.struct(oldCertificate), KeptFiles.struct(oldKey)))
                    .putStructs(
                            WANTED,
                            List.of(
                                    KeptFiles.struct(inPlaceOf(oldCertificate, newCertificate, CERTIFICATE_MODE)),
                                    KeptFiles.struct(inPlaceOf(oldKey, newKey, KEY_MODE))))
                    .put(FINGERPRINT, wanted.look().fingerprint())
                    .put(SERVED, served(args).orElse(""))
                    .putStructs(
                            SERVICES,
                            states.keep(args.strings("reload"), job).stream()
                                    .map(Kept::toStruct)
                                    .toList())
                    .build();
        });
    }

    /** Fingerprint of what the port shows; empty where no port is named or nothing answers there yet. */
    private static Optional<String> served(Args args) {
        if (!args.has("port")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    CertificateLook.of(ServedPort.of(args).ask(HANDSHAKE).getFirst())
                            .fingerprint());
        } catch (IOException notServedYet) {
            return Optional.empty();
        }
    }

    private static KeptFile inPlaceOf(KeptFile old, KeptFile fresh, int mode) {
        boolean there = old.kind() == KeptFile.Kind.FILE;
        return new KeptFile(
                old.path(),
                KeptFile.Kind.FILE,
                fresh.content(),
                fresh.sha256(),
                "",
                there ? old.uid() : 0,
                there ? old.gid() : 0,
                there ? old.mode() : mode);
    }

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            for (KeptFile file : files(prepared, WANTED)) {
                keeper.restore(file, context.workDir());
            }
            reload(prepared, OnHost.job(context));
            return new Applied(List.of(change(
                    context.args().string("certificate"),
                    "",
                    describe(CertificateSet.read(
                                    host,
                                    context.args().string("certificate"),
                                    context.args().string("key"))
                            .look()))));
        });
    }

    private void reload(Struct prepared, Job job) throws HostException, InterruptedException {
        for (Kept kept : Kept.all(prepared, SERVICES)) {
            if (host.services().state(kept.name(), job).active()) {
                host.services().reload(kept.name(), job);
            }
        }
    }

    @Override
    public void verify(StepContext context, Struct prepared, boolean interrupted)
            throws ActionException, InterruptedException {
        if (interrupted) {
            throw new ActionException("it was cut off, and whether the services read the certificate cannot be told");
        }
        OnHost.run(() -> {
            requireFiles(prepared, WANTED);
            states.requireActive(Kept.all(prepared, SERVICES), OnHost.job(context));
            if (context.args().has("port")) {
                awaitServed(context, Structs.string(prepared, FINGERPRINT));
            }
        });
    }

    private void requireFiles(Struct prepared, String which) throws HostException, IOException {
        for (KeptFile file : files(prepared, which)) {
            KeptFile now = keeper.look(file.path());
            if (!now.sameState(file)) {
                throw new HostException(
                        file.path() + " is " + KeptFiles.describe(now) + ", expected " + KeptFiles.describe(file));
            }
        }
    }

    /** A server takes a moment to read it, and connections from before may still be answered by the old process. */
    private void awaitServed(StepContext context, String fingerprint) throws HostException, InterruptedException {
        String seen = "";
        for (int look = 0; look < MOST_LOOKS && context.timeLeft().get().isPositive(); look++) {
            if (look > 0) {
                pause.of(BETWEEN);
            }
            seen = served(context.args()).orElse("");
            if (seen.equals(fingerprint)) {
                return;
            }
        }
        throw new HostException(ServedPort.of(context.args()) + " shows "
                + (seen.isEmpty() ? "no certificate" : "the certificate " + seen.substring(0, 12) + "…") + ", expected "
                + fingerprint.substring(0, 12) + "…");
    }

    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        OnHost.run(() -> {
            Job job = OnHost.job(context);
            for (KeptFile file : files(prepared, KEPT)) {
                keeper.restore(file, context.workDir());
            }
            states.restore(Kept.all(prepared, SERVICES), job);
            reload(prepared, job);
        });
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            requireFiles(prepared, KEPT);
            List<String> evidence = new ArrayList<>();
            for (KeptFile file : files(prepared, KEPT)) {
                evidence.add(file.path() + " is as before: " + KeptFiles.describe(file));
            }
            evidence.addAll(states.proveRestored(Kept.all(prepared, SERVICES), OnHost.job(context)));
            String served = Structs.string(prepared, SERVED);
            if (!served.isEmpty()) {
                awaitServed(context, served);
                evidence.add(ServedPort.of(context.args()) + " shows the certificate of before ("
                        + served.substring(0, 12) + "…)");
            }
            return evidence;
        });
    }

    private static List<KeptFile> files(Struct prepared, String which) {
        return Structs.structs(prepared, which).stream().map(KeptFiles::of).toList();
    }

    /** The path with all links followed: a link to the certificate stays, and what it leads to is replaced. */
    private String real(String path) throws IOException {
        Path file = host.files().resolve(path);
        return "/" + host.files().root().relativize(file);
    }

    private static String describe(CertificateLook look) {
        return look.subject() + " until " + look.notAfter();
    }

    private static Change change(String path, String from, String to) {
        return Change.newBuilder()
                .setKind("certificate")
                .setName(path)
                .setFrom(from)
                .setTo(to)
                .build();
    }
}
