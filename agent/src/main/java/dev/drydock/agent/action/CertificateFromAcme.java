package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.certificates.AcmeClient;
import dev.drydock.agent.host.certificates.AcmeClients;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A certificate that an ACME client on the host renews. The client's own state of it is kept whole and put back: a client that believed
 * in a certificate which is no longer served would not renew the one that is.
 */
final class CertificateFromAcme implements CertificateSource {
    private static final String RENEW = "renew";
    private static final String BEFORE = "before";
    private static final String DEMAND = "demand";
    private static final String PATHS = "paths";
    private static final String STATE = "state";

    private final ManagedHost host;
    private final InstantSource clock;
    private final CertificateFiles files;
    private final ConfigurationTrees trees;

    CertificateFromAcme(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
        this.files = new CertificateFiles(host.files());
        this.trees = new ConfigurationTrees(host.files());
    }

    static boolean isAsked(Args args) {
        if (args.has("acme") && (args.has("fromCertificate") || args.has("fromKey"))) {
            throw new IllegalArgumentException(
                    "expected either 'acme', or 'fromCertificate' and 'fromKey', found both");
        }
        return args.has("acme");
    }

    private static Args acme(StepContext context) {
        Map<String, Object> values = new HashMap<>();
        if (context.args().values().get("acme") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return new Args(values);
    }

    private AcmeClient client(StepContext context) throws IOException {
        Args acme = acme(context);
        return AcmeClients.of(
                host.files(),
                acme.string("client"),
                acme.string("name"),
                acme.optionalString("directory"),
                acme.strings("options"));
    }

    private CertificateSet held(AcmeClient client) throws IOException {
        return CertificateSet.read(host, client.certificate(), client.key());
    }

    private Instant dueFrom(StepContext context, AcmeClient client, CertificateSet held) throws IOException {
        boolean force = acme(context).flag("force", false);
        Instant rule = client.dueFrom(host.files(), held.chain().getFirst());
        return force ? Instant.MIN : rule;
    }

    @Override
    public Plan plan(StepContext context) throws HostException, IOException, InterruptedException {
        AcmeClient client = client(context);
        host.commands().requireProgram(client.program());
        CertificateSet held = held(client);
        Instant from = dueFrom(context, client, held);
        String certificate = context.args().string("certificate");
        String now = CertificateFiles.describe(held.look());
        if (!from.isAfter(clock.instant())) {
            return Plan.of(List.of(CertificateFiles.change(certificate, now, "renewed by " + client.program())));
        }
        if (!isInPlace(context, client)) {
            CertificateDemand.of(host, context.args()).require(held, context, host, clock);
            return Plan.of(List.of(CertificateFiles.change(certificate, "", now)));
        }
        return Plan.nothing(
                "the certificate is not due, " + client.program() + " renews it from " + from + " on: " + now);
    }

    private boolean isInPlace(StepContext context, AcmeClient client) throws IOException {
        Args args = context.args();
        return files.sameContent(args.string("certificate"), client.certificate())
                && files.sameContent(args.string("key"), client.key());
    }

    @Override
    public Struct prepare(StepContext context) throws HostException, IOException {
        AcmeClient client = client(context);
        CertificateSet held = held(client);
        List<String> paths = client.state(host.files());
        List<KeptFile> state = trees.keep(paths, kept(context));
        return new Structs()
                .put(RENEW, !dueFrom(context, client, held).isAfter(clock.instant()))
                .put(BEFORE, held.look().fingerprint())
                .put(DEMAND, CertificateDemand.of(host, context.args()).toStruct())
                .putStrings(PATHS, paths)
                .putStructs(STATE, state.stream().map(KeptFiles::struct).toList())
                .build();
    }

    private static Path kept(StepContext context) {
        return context.workDir().resolve("acme");
    }

    @Override
    public void install(StepContext context, Struct own) throws HostException, IOException, InterruptedException {
        AcmeClient client = client(context);
        if (Structs.flag(own, RENEW)) {
            OnHost.job(context)
                    .require(
                            host.commands(),
                            client.environment(),
                            client.renewal(acme(context).flag("force", false)));
        }
        CertificateSet held = held(client);
        if (Structs.flag(own, RENEW) && held.look().fingerprint().equals(Structs.string(own, BEFORE))) {
            throw new HostException(client.program() + " ended well and renewed nothing: "
                    + CertificateFiles.describe(held.look()) + "; acme.force renews what it does not hold for due");
        }
        CertificateDemand.of(Structs.struct(own, DEMAND)).require(held, context, host, clock);
        Args args = context.args();
        if (!files.sameFile(args.string("certificate"), client.certificate())
                || !files.sameFile(args.string("key"), client.key())) {
            List<KeptFile> fresh = files.keep(client.certificate(), client.key(), context.workDir(), "new");
            files.put(files.inPlaceOf(args.string("certificate"), args.string("key"), fresh), context.workDir());
        }
    }

    @Override
    public CertificateSet requireInstalled(StepContext context, Struct own)
            throws HostException, IOException, InterruptedException {
        AcmeClient client = client(context);
        if (!isInPlace(context, client)) {
            throw new HostException(
                    context.args().string("certificate") + " and its key are not those of " + client.program());
        }
        CertificateSet held = held(client);
        CertificateDemand.of(Structs.struct(own, DEMAND)).require(held, context, host, clock);
        return held;
    }

    @Override
    public void undo(StepContext context, Struct own) throws IOException {
        trees.restore(Structs.strings(own, PATHS), state(own), kept(context));
    }

    @Override
    public List<String> proveUndone(StepContext context, Struct own) throws HostException, IOException {
        List<String> changed = trees.changed(Structs.strings(own, PATHS), state(own));
        if (!changed.isEmpty()) {
            throw new HostException("not as before the renewal: " + String.join(", ", changed));
        }
        return List.of(
                state(own).size() + " files and links of " + acme(context).string("client") + " are as before, below "
                        + String.join(", ", Structs.strings(own, PATHS)));
    }

    private static List<KeptFile> state(Struct own) {
        return Structs.structs(own, STATE).stream().map(KeptFiles::of).toList();
    }
}
