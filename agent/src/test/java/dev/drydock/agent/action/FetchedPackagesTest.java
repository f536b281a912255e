package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.proto.agent.v1.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code os.packages} ahead of its run, with files that a manager without a network makes. */
class FetchedPackagesTest {
    private static final PackageChange OPENSSL =
            new PackageChange(new PackageId("openssl", "amd64"), "3.0.1", "3.0.2", true, "Debian-Security");

    @TempDir
    Path workDir;

    @TempDir
    Path directory;

    private final Archive archive = new Archive();
    private HostFiles files = new HostFiles(Path.of("/"));

    /** Writes files where it does not find any, and says how many. */
    private static final class Archive extends FakePackageManager {
        private Footprint footprint = new Footprint(10, 10, 0);
        private Optional<HostException> cutOff = Optional.empty();
        private int downloads;

        @Override
        public Footprint footprint(List<PackageChange> changes, Job job) {
            return footprint;
        }

        @Override
        public List<PackageFile> fetch(List<PackageChange> changes, Path into, Job job) throws HostException {
            List<PackageFile> files = changes.stream()
                    .map(c -> file(c.id(), c.to(), into.resolve(c.id().name() + "_" + c.to())))
                    .toList();
            if (cutOff.isPresent()) {
                throw cutOff.get();
            }
            return files;
        }

        @Override
        public List<PackageFile> fetchInstalled(List<PackageChange> changes, Path into, Job job) {
            return changes.stream()
                    .map(c -> file(c.id(), c.from(), into.resolve(c.id().name() + "_" + c.from())))
                    .toList();
        }

        private PackageFile file(PackageId id, String version, Path file) {
            try {
                if (!Files.exists(file)) {
                    downloads++;
                    Files.writeString(file, "0123456789");
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new PackageFile(id, version, file.getFileName().toString(), "00", "archive");
        }
    }

    @Test
    void newAndOldPackagesLieReadyForTheRun() throws Exception {
        archive.pending = List.of(OPENSSL);
        assertThat(fetch())
                .isEqualTo(Fetched.newBuilder().setFiles(2).setBytes(20).build());
        assertThat(archive.downloads).isEqualTo(2);
        assertThat(fetch().getFiles()).isEqualTo(2);
        assertThat(archive.downloads).as("asked again, it has all").isEqualTo(2);

        Path newDir = Files.createDirectories(workDir.resolve("new"));
        Path oldDir = Files.createDirectories(workDir.resolve("old"));
        Footprint left = FetchedPackages.of(context()).takeInto(newDir, oldDir, new Footprint(15, 5, 7));
        assertThat(left).isEqualTo(new Footprint(5, 0, 7));
        assertThat(newDir.resolve("openssl_3.0.2")).hasContent("0123456789");
        assertThat(oldDir.resolve("openssl_3.0.1")).hasContent("0123456789");
    }

    @Test
    void aFetchThatFailsLeavesNothingThatCounts() throws Exception {
        archive.pending = List.of(OPENSSL);
        archive.cutOff = Optional.of(HostException.retryable("the archive is gone"));
        assertThatThrownBy(this::fetch).hasMessageContaining("the archive is gone");
        Footprint need = new Footprint(15, 5, 7);
        Path run = Files.createDirectories(workDir.resolve("run"));
        assertThat(FetchedPackages.of(context()).takeInto(run, run, need)).isEqualTo(need);
        assertThat(run).isEmptyDirectory();

        archive.cutOff = Optional.empty();
        assertThat(fetch().getFiles()).isEqualTo(2);
        assertThat(archive.downloads).as("it goes on with what had come").isEqualTo(2);
    }

    @Test
    void aDiskThatWouldGetTightIsLeftAlone() {
        archive.pending = List.of(OPENSSL);
        archive.footprint = new Footprint(1L << 58, 0, 0);
        assertThatThrownBy(this::fetch).hasMessageContaining("are wanted before anything is fetched ahead");
        assertThat(archive.downloads).isZero();
    }

    @Test
    void whereNothingIsToBeMendedOrChangedNothingIsFetched() throws Exception {
        assertThat(fetch()).isEqualTo(Fetched.getDefaultInstance());
        archive.broken = List.of("half-done");
        assertThat(fetch().getReason()).contains("packages are broken");
        assertThat(archive.downloads).isZero();
    }

    @Test
    void aRootDirectoryIsRefusedClearly() throws Exception {
        files = new HostFiles(workDir.toRealPath());
        archive.pending = List.of(OPENSSL);
        assertThat(fetch().getReason()).contains("a system in a root directory");
    }

    @Test
    void anArchiveThatIsGoneAfterwardsDoesNotStopTheRun() throws Exception {
        archive.pending = List.of(OPENSSL);
        archive.refreshFails = Optional.of(HostException.retryable("no route to the archive"));
        assertThatThrownBy(() -> action().plan(context())).hasMessageContaining("no route");

        archive.refreshFails = Optional.empty();
        fetch();
        Files.delete(workDir.resolve("lists-read"));
        archive.refreshFails = Optional.of(HostException.retryable("no route to the archive"));
        assertThat(action().plan(context()).changes()).hasSize(1);
    }

    private Fetched fetch() throws Exception {
        return action().fetch(context(), action().plan(context()));
    }

    private Action action() {
        return new OsPackages(
                new ManagedHost(files, new LocalCommands(files), new FakeServices(), Optional.of(archive)), d -> {});
    }

    private StepContext context() {
        StepContext plain = new TestStep(workDir).with(Map.of("update", "security", "repair", true));
        return new StepContext(
                plain.args(), plain.output(), workDir, plain.timeLeft(), Optional.of(directory.resolve("0")));
    }
}
