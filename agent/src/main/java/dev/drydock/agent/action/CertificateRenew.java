package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code certificate.renew}: a new certificate and its key, of the operator or by an ACME client, take the place of those that are
 * served; the services read them, and a handshake proves that the new one is served. The way back: the old files, read again, and
 * served.
 */
final class CertificateRenew implements Action {
    private static final String KEPT = "kept";
    private static final String OWN = "source";
    private static final String SERVICES = "services";
    private static final String SERVED = "served";
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int MOST_LOOKS = 20;

    private final ManagedHost host;
    private final CertificateFiles files;
    private final CertificateSource fromFiles;
    private final CertificateSource fromAcme;
    private final ServiceStates states;
    private final Pause pause;

    CertificateRenew(ManagedHost host, InstantSource clock, Pause pause) {
        this.host = host;
        this.files = new CertificateFiles(host.files());
        this.fromFiles = new CertificateFromFiles(host, clock);
        this.fromAcme = new CertificateFromAcme(host, clock);
        this.states = new ServiceStates(host.services(), pause);
        this.pause = pause;
    }

    @Override
    public String name() {
        return "certificate.renew";
    }

    /** An authority that is asked takes its time. */
    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration defaultRollbackTimeout() {
        return Duration.ofMinutes(2);
    }

    private CertificateSource source(StepContext context) {
        return CertificateFromAcme.isAsked(context.args()) ? fromAcme : fromFiles;
    }

    @Override
    public Plan plan(StepContext context) throws ActionException, InterruptedException {
        return OnHost.get(() -> source(context).plan(context));
    }

    @Override
    public Struct prepare(StepContext context, Plan plan) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            Args args = context.args();
            List<KeptFile> old = files.keep(args.string("certificate"), args.string("key"), context.workDir(), "old");
            return new Structs()
                    .putStructs(KEPT, old.stream().map(KeptFiles::struct).toList())
                    .put(OWN, source(context).prepare(context))
                    .put(SERVED, served(args).orElse(""))
                    .putStructs(
                            SERVICES,
                            states.keep(args.strings("reload"), OnHost.job(context)).stream()
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

    @Override
    public Applied apply(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            source(context).install(context, Structs.struct(prepared, OWN));
            reload(prepared, OnHost.job(context));
            String certificate = context.args().string("certificate");
            CertificateSet now =
                    CertificateSet.read(host, certificate, context.args().string("key"));
            return new Applied(
                    List.of(CertificateFiles.change(certificate, "", CertificateFiles.describe(now.look()))));
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
            CertificateSet installed = source(context).requireInstalled(context, Structs.struct(prepared, OWN));
            states.requireActive(Kept.all(prepared, SERVICES), OnHost.job(context));
            if (context.args().has("port")) {
                awaitServed(context, installed.look().fingerprint());
            }
        });
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

    /** The client's own state first: where its link is what is served, the old file is behind it only then. */
    @Override
    public void rollback(StepContext context, Struct prepared) throws ActionException, InterruptedException {
        OnHost.run(() -> {
            Job job = OnHost.job(context);
            source(context).undo(context, Structs.struct(prepared, OWN));
            files.put(kept(prepared), context.workDir());
            states.restore(Kept.all(prepared, SERVICES), job);
            reload(prepared, job);
        });
    }

    @Override
    public List<String> verifyRollback(StepContext context, Struct prepared)
            throws ActionException, InterruptedException {
        return OnHost.get(() -> {
            files.require(kept(prepared));
            List<String> evidence = new ArrayList<>();
            for (KeptFile file : kept(prepared)) {
                evidence.add(file.path() + " is as before: " + KeptFiles.describe(file));
            }
            evidence.addAll(source(context).proveUndone(context, Structs.struct(prepared, OWN)));
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

    private static List<KeptFile> kept(Struct prepared) {
        return Structs.structs(prepared, KEPT).stream().map(KeptFiles::of).toList();
    }
}
