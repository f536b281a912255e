package dev.drydock.agent.action;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.playbooks.model.Args;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** A certificate and its key that the operator laid on the host. */
final class CertificateFromFiles implements CertificateSource {
    private static final String WANTED = "wanted";

    private final ManagedHost host;
    private final InstantSource clock;
    private final CertificateFiles files;

    CertificateFromFiles(ManagedHost host, InstantSource clock) {
        this.host = host;
        this.clock = clock;
        this.files = new CertificateFiles(host.files());
    }

    /** A mismatching key, a certificate for other names, or one that ends soon is refused here: nothing has changed then. */
    @Override
    public Plan plan(StepContext context) throws HostException, IOException, InterruptedException {
        CertificateSet wanted = wanted(context);
        Args args = context.args();
        String certificate = args.string("certificate");
        String key = args.string("key");
        String to = CertificateFiles.describe(wanted.look());
        if (files.sameContent(certificate, wanted.certificate()) && files.sameContent(key, wanted.key())) {
            return Plan.nothing("the certificate is in its place already: " + to);
        }
        String from = host.files().exists(certificate)
                ? CertificateFiles.describe(
                        CertificateSet.read(host, certificate, key).look())
                : "";
        return Plan.of(List.of(CertificateFiles.change(certificate, from, to)));
    }

    private CertificateSet wanted(StepContext context) throws HostException, IOException, InterruptedException {
        Args args = context.args();
        CertificateSet wanted = CertificateSet.read(host, args.string("fromCertificate"), args.string("fromKey"));
        CertificateDemand.of(host, args).require(wanted, context, host, clock);
        return wanted;
    }

    @Override
    public Struct prepare(StepContext context) throws HostException, IOException, InterruptedException {
        Args args = context.args();
        CertificateSet wanted = wanted(context);
        List<KeptFile> fresh = files.keep(wanted.certificate(), wanted.key(), context.workDir(), "new");
        return new Structs()
                .putStructs(
                        WANTED,
                        files.inPlaceOf(args.string("certificate"), args.string("key"), fresh).stream()
                                .map(KeptFiles::struct)
                                .toList())
                .build();
    }

    private static List<KeptFile> wanted(Struct own) {
        return Structs.structs(own, WANTED).stream().map(KeptFiles::of).toList();
    }

    @Override
    public void install(StepContext context, Struct own) throws IOException {
        files.put(wanted(own), context.workDir());
    }

    @Override
    public CertificateSet requireInstalled(StepContext context, Struct own) throws HostException, IOException {
        files.require(wanted(own));
        return CertificateSet.read(
                host, context.args().string("certificate"), context.args().string("key"));
    }

    @Override
    public void undo(StepContext context, Struct own) {
        // It changed nothing but the files that are served.
    }

    @Override
    public List<String> proveUndone(StepContext context, Struct own) {
        return List.of();
    }
}
