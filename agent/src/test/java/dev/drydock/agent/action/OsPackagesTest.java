package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ServiceStates.Kept;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.KeptFile;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no real apt; the rest is proven by OsPackagesIT. */
class OsPackagesTest {
    private static final PackageChange OPENSSL =
            new PackageChange(new PackageId("openssl", "amd64"), "3.0.1", "3.0.2", true, "Debian-Security");
    private static final PackageChange LIBC =
            new PackageChange(new PackageId("libc6", "amd64"), "2.36-8", "2.36-9", false, "Debian");
    private static final PackageChange FOREIGN_LIBC =
            new PackageChange(new PackageId("libc6", "i386"), "2.36-8", "2.36-9", false, "Debian");

    @TempDir
    Path root;

    @TempDir
    Path workDir;

    private final FakePackageManager manager = new FakePackageManager();
    private HostFiles files = new HostFiles(Path.of("/"));

    @BeforeEach
    void open() throws Exception {
        files = new HostFiles(root.toRealPath());
    }

    @Test
    void plansByPlainNames() throws Exception {
        manager.pending = List.of(LIBC, FOREIGN_LIBC, OPENSSL);
        Plan plan = action().plan(context(Map.of("update", "security")));
        assertThat(plan.changes()).extracting("name").containsExactly("libc6:amd64", "libc6:i386", "openssl");
        assertThat(plan.changes()).extracting("kind").containsOnly("package");
        assertThat(plan.irreversible()).isEmpty();
        assertThat(manager.calls).containsExactly("audit", "refresh", "resolve SECURITY");
    }

    @Test
    void brokenPackagesAreRefusedBeforeAnythingElse() {
        manager.broken = List.of("half-done");
        assertThatThrownBy(() -> action().plan(context(Map.of("update", "all"))))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("broken before the change: [half-done]")
                .hasMessageContaining("fake --configure -a")
                .hasMessageContaining("repair: true");
        assertThat(manager.calls).containsExactly("audit");
    }

    @Test
    void listsMustBeReadOnceAndAreReadAgainWhereTheyCan() throws Exception {
        manager.refreshFails = Optional.of(HostException.retryable("no route to the archive"));
        assertThatThrownBy(() -> action().plan(context(Map.of("update", "all"))))
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.retryable()).isTrue());

        manager.refreshFails = Optional.empty();
        action().plan(context(Map.of("update", "all")));
        manager.fingerprint = "another archive was added";
        manager.refreshFails = Optional.of(HostException.retryable("no route to the archive"));
        action().plan(context(Map.of("update", "all")));
        action().plan(context(Map.of("packages", "openssl", "refresh", false)));
        assertThat(manager.calls).endsWith("audit", "refresh", "resolve ALL", "audit", "resolve NAMED");
    }

    @Test
    void listsAreNotReadAgainWhileNothingChanged() throws Exception {
        action().plan(context(Map.of("update", "all")));
        action().plan(context(Map.of("update", "all")));
        assertThat(manager.calls).containsExactly("audit", "refresh", "resolve ALL", "audit", "resolve ALL");

        manager.fingerprint = "another archive was added";
        action().plan(context(Map.of("update", "all")));
        assertThat(manager.calls).endsWith("audit", "refresh", "resolve ALL");
    }

    @Test
    void aPlanThatNoLongerHoldsIsNotPrepared() throws Exception {
        manager.pending = List.of(OPENSSL);
        StepContext context = context(Map.of("update", "security"));
        Plan plan = action().plan(context);
        manager.pending = List.of(OPENSSL, LIBC);
        assertThatThrownBy(() -> action().prepare(context, plan)).hasMessageContaining("no longer what was planned");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> action().plan(context(Map.of()))).hasMessageContaining("'update' and 'packages'");
        assertThatThrownBy(() -> action().plan(context(Map.of("update", "some"))))
                .hasMessageContaining("expected security or all");
        assertThatThrownBy(() -> action().plan(context(Map.of("update", "all", "packages", List.of("x")))))
                .hasMessageContaining("expected one of");
    }

    @Test
    void aHostWithoutAPackageManagerSaysSo() {
        Action none = new OsPackages(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.empty()), d -> {});
        assertThatThrownBy(() -> none.plan(context(Map.of("update", "all"))))
                .hasMessageContaining("no package manager");
    }

    @Test
    void aChangeThatWasCutOffIsLookedAtWhenNothingRunsAnyMore() throws Exception {
        Struct prepared = undo(List.of()).toStruct();
        manager.installed = List.of(new InstalledPackage(OPENSSL.id(), "3.0.2", "ii", true));
        action().verify(context(Map.of("update", "security")), prepared, true);
        assertThat(manager.calls).startsWith("settle");

        manager.installed = List.of(new InstalledPackage(OPENSSL.id(), "3.0.2", "iF", false));
        assertThatThrownBy(() -> action().verify(context(Map.of("update", "security")), prepared, true))
                .hasMessage("openssl:amd64 is 3.0.2 (iF), expected 3.0.2");
    }

    @Test
    void aDamagedPackageFileStopsTheChangeBeforeItBegins() throws Exception {
        Files.createDirectories(workDir.resolve("new"));
        Files.writeString(workDir.resolve("new/openssl.deb"), "damaged");
        Struct prepared = undo(List.of()).toStruct();
        assertThatThrownBy(() -> action().apply(context(Map.of("update", "security")), prepared))
                .hasMessageContaining("openssl.deb is damaged");
    }

    @Test
    void whatIsJournaledIsReadBackTheSame() {
        PackageUndo undo = undo(
                List.of(new Kept("nginx", true, false, "0a1b"), new Kept("cron", false, true, "")),
                new BootProof.Before(List.of("6.1.0-9"), true, false, List.of("6.0")));
        assertThat(PackageUndo.of(undo.toStruct())).isEqualTo(undo);
    }

    @Test
    void tooLittleSpaceIsFoundBeforeAnythingIsFetched() throws Exception {
        Files.createDirectories(root.resolve("usr"));
        Files.createDirectories(root.resolve("var/cache"));
        DiskSpace disks = new DiskSpace(files);
        disks.require(new Footprint(0, 0, 0), workDir);
        assertThatThrownBy(() -> disks.require(new Footprint(0, 0, 1L << 60), workDir))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("MiB are needed for the change and its way back");
    }

    @Test
    void kernelsThatDoNotFitAreFoundBeforeAnythingIsFetched() throws Exception {
        DiskSpace disks = new DiskSpace(files);
        disks.requireBoot(0, root);
        assertThatThrownBy(() -> disks.requireBoot(1L << 60, root))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("free for kernels, but 1099511627776 MiB are needed beside the old ones");
    }

    @Test
    void differencesHaveASign() {
        assertThat(PackageProof.difference("a 1\nb 1\n", "a 1\nb 2\n")).containsExactly("-b 1", "+b 2");
    }

    private static PackageUndo undo(List<Kept> services) {
        return undo(services, BootProof.Before.NOTHING);
    }

    private static PackageUndo undo(List<Kept> services, BootProof.Before boot) {
        return new PackageUndo(
                List.of(OPENSSL),
                List.of(new PackageFile(OPENSSL.id(), "3.0.1", "openssl-old.deb", "00", "repacked")),
                List.of(new PackageFile(OPENSSL.id(), "3.0.2", "openssl.deb", "11", "archive")),
                List.of(
                        new KeptFile("/etc/a", KeptFile.Kind.FILE, "0", "22", "", 0, 7, 0640),
                        new KeptFile("/etc/l", KeptFile.Kind.LINK, "", "", "../a", 0, 0, 0777),
                        KeptFile.absent("/etc/b")),
                services,
                Set.of(),
                "33",
                "44",
                "proven",
                boot);
    }

    private Action action() {
        return new OsPackages(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.of(manager)), d -> {});
    }

    private StepContext context(Map<String, Object> args) {
        return new TestStep(workDir).with(args);
    }
}
