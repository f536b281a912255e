package dev.drydock.agent.action;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.certificates.CertificateLook;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A certificate and its key as two files that take the place of two others. A link stays, and what it leads to is replaced. */
final class CertificateFiles {
    private static final int KEY_MODE = 0600;
    private static final int CERTIFICATE_MODE = 0644;

    private final HostFiles files;
    private final FileKeeper keeper;

    CertificateFiles(HostFiles files) {
        this.files = files;
        this.keeper = new FileKeeper(files);
    }

    List<KeptFile> keep(String certificate, String key, Path workDir, String prefix) throws IOException {
        return List.of(
                keeper.keep(real(certificate), workDir, prefix + "-certificate"),
                keeper.keep(real(key), workDir, prefix + "-key"));
    }

    /**
     * What has to be in the place of the old so that it has the content of the new; owner and mode stay where there are any.
     *
     * @param fresh as {@link #keep} saw them
     */
    List<KeptFile> inPlaceOf(String certificate, String key, List<KeptFile> fresh) throws IOException {
        return List.of(
                inPlaceOf(keeper.look(real(certificate)), fresh.getFirst(), CERTIFICATE_MODE),
                inPlaceOf(keeper.look(real(key)), fresh.getLast(), KEY_MODE));
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

    void put(List<KeptFile> all, Path workDir) throws IOException {
        for (KeptFile file : all) {
            keeper.restore(file, workDir);
        }
    }

    void require(List<KeptFile> all) throws HostException, IOException {
        for (KeptFile file : all) {
            KeptFile now = keeper.look(file.path());
            if (!now.sameState(file)) {
                throw new HostException(
                        file.path() + " is " + KeptFiles.describe(now) + ", expected " + KeptFiles.describe(file));
            }
        }
    }

    boolean sameContent(String a, String b) throws IOException {
        return keeper.look(real(a)).sha256().equals(keeper.look(real(b)).sha256());
    }

    boolean sameFile(String a, String b) throws IOException {
        return files.resolve(a).equals(files.resolve(b));
    }

    private String real(String path) throws IOException {
        return "/" + files.root().relativize(files.resolve(path));
    }

    static String describe(CertificateLook look) {
        return look.subject() + " until " + look.notAfter();
    }

    static Change change(String path, String from, String to) {
        return Change.newBuilder()
                .setKind("certificate")
                .setName(path)
                .setFrom(from)
                .setTo(to)
                .build();
    }
}
