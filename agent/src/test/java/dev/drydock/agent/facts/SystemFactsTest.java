package dev.drydock.agent.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Services;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.testing.Unexpected;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.PendingUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFactsTest {
    private static final PackageChange OPENSSL =
            new PackageChange(new PackageId("openssl", "amd64"), "3.0.1", "3.0.2", true, "Debian-Security");
    private static final PackageChange TZDATA =
            new PackageChange(new PackageId("tzdata", "all"), "2025a", "2026a", false, "Debian");

    private static final Self SELF = new Self("h-1", "web-01", "1.2.3");

    @TempDir
    Path root;

    @TempDir
    Path data;

    @TempDir
    Path proc;

    private final FakePackageManager manager = new FakePackageManager();
    private Instant now = Instant.parse("2026-11-24T02:00:00.5Z");

    @BeforeEach
    void aSystem() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=12\n");
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("sys/kernel/osrelease"), "6.1.0-28-amd64\n");
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "9d5a8d0c-0000-4000-8000-000000000001\n");
        Files.writeString(proc.resolve("stat"), "btime 1700000000\n");
        Files.createDirectories(proc.resolve("1"));
        Files.writeString(proc.resolve("1/stat"), "1 (init) S" + " 0".repeat(18) + " 4711 0\n");
        Files.writeString(proc.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: A CPU\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal: 2048 kB\n");
        Files.writeString(proc.resolve("self/mounts"), "");
        manager.installed = List.of(new InstalledPackage(OPENSSL.id(), "3.0.1", "ii", true));
        manager.pending = List.of(OPENSSL, TZDATA);
    }

    @Test
    void tellsWhatIsThere() throws Exception {
        Files.writeString(proc.resolve("self/mounts"), "/dev/vda / ext4 rw 0 0\n");
        Host facts = facts().gather(false);

        assertThat(facts.getOs().getFamily()).isEqualTo("debian");
        assertThat(facts.getKernel()).isEqualTo("6.1.0-28-amd64");
        assertThat(facts.getBootId()).isEqualTo("9d5a8d0c-0000-4000-8000-000000000001.4711");
        assertThat(facts.getBootedAt().getSeconds()).isEqualTo(1_700_000_047);
        assertThat(facts.getCpu().getCount()).isEqualTo(1);
        assertThat(facts.getMemoryBytes()).isEqualTo(2048 * 1024);
        assertThat(facts.getFilesystemsList()).extracting("mount").contains("/");
        assertThat(facts.getId()).isEqualTo("h-1");
        assertThat(facts.getName()).isEqualTo("web-01");
        assertThat(facts.getAgentVersion()).isEqualTo("1.2.3");
        assertThat(facts.getRoot()).isEqualTo(root.toRealPath().toString());
        assertThat(facts.getPackages().getPendingSecurity()).isEqualTo(1);
        assertThat(facts.getPackages().getPendingList())
                .extracting(PendingUpdate::getName)
                .containsExactly("openssl", "tzdata");
        assertThat(facts.getFailedServicesList()).containsExactly("broken.service");
    }

    @Test
    void theDigestStaysWhileNothingHappensAlsoOverARestart() throws Exception {
        SystemFacts facts = facts();
        Host first = facts.gather(false);
        now = now.plus(Duration.ofHours(5));
        Host second = facts.gather(false);
        Host afterRestart = facts().gather(false);

        assertThat(HostFacts.digest(second)).isEqualTo(HostFacts.digest(first));
        assertThat(HostFacts.digest(afterRestart)).isEqualTo(HostFacts.digest(first));
        manager.pending = List.of(OPENSSL);
        manager.fingerprint = "2";
        assertThat(HostFacts.digest(facts.gather(false))).isNotEqualTo(HostFacts.digest(first));
    }

    @Test
    void thePackageManagerIsAskedOnlyAfterAChange() throws Exception {
        SystemFacts facts = facts();
        facts.gather(false);
        int asked = manager.calls.size();
        facts.gather(false);
        facts.current();
        assertThat(manager.calls).hasSize(asked);
        manager.fingerprint = "2";
        facts.gather(false);
        assertThat(manager.calls).hasSizeGreaterThan(asked);
    }

    @Test
    void listsThatHaveNothingNewAreNewAndNobodyIsAskedAgain() throws Exception {
        SystemFacts facts = facts();
        manager.refreshedAt = Optional.of(now);
        facts.gather(false);
        int asked = manager.calls.size();
        now = now.plus(Duration.ofHours(1));
        manager.refreshedAt = Optional.of(now);
        assertThat(facts.gather(false).getPackages().getRefreshedAt().getSeconds())
                .isEqualTo(now.getEpochSecond());
        assertThat(manager.calls).hasSize(asked);
    }

    @Test
    void anUpdateThatWasRolledBackIsAsOldAsItWas() throws Exception {
        long first = seenAt(facts().gather(false));
        now = now.plus(Duration.ofDays(3));
        manager.pending = List.of(TZDATA);
        facts().gather(false);
        now = now.plus(Duration.ofDays(1));
        manager.pending = List.of(OPENSSL, TZDATA);
        assertThat(seenAt(facts().gather(false))).isEqualTo(first);

        manager.pending = List.of(TZDATA);
        facts().gather(false);
        now = now.plus(Duration.ofDays(91));
        facts().gather(false);
        manager.pending = List.of(OPENSSL);
        assertThat(seenAt(facts().gather(false))).as("forgotten").isEqualTo(now.getEpochSecond());
    }

    @Test
    void aDamagedMemoryIsNoReasonToTellNothing() throws Exception {
        Files.writeString(data.resolve("updates-first-seen"), "no such line\n");
        assertThat(seenAt(facts().gather(false))).isEqualTo(now.getEpochSecond());
    }

    @Test
    void whatCannotBeReadIsLeftOutAndTheRestIsTold() throws Exception {
        Files.delete(root.resolve("etc/os-release"));
        manager.refreshFails = Optional.of(HostException.retryable("no network"));
        Host facts = facts().gather(true);

        assertThat(manager.calls).startsWith("refresh");
        assertThat(facts.hasOs()).isFalse();
        assertThat(facts.getPackages().getPendingCount()).isEqualTo(2);
    }

    @Test
    void readsTheMachineThatItRunsOn() throws Exception {
        ManagedHost host = ManagedHost.open(Path.of("/"));
        Host facts = new SystemFacts(
                        new ManagedHost(host.files(), host.commands(), new OneBrokenService(), Optional.empty()),
                        data,
                        SELF,
                        () -> now)
                .current();
        assertThat(facts.getKernel()).isNotEmpty();
        assertThat(facts.getBootId()).matches("[0-9a-f-]{36}\\.\\d+");
        assertThat(facts.getBootedAt().getSeconds()).isPositive();
        assertThat(facts.getCpu().getCount()).isPositive();
        assertThat(facts.getMemoryBytes()).isPositive();
        assertThat(facts.getFilesystemsList()).isNotEmpty();
        assertThat(facts.getRoot()).isEqualTo("/");
    }

    private static long seenAt(Host facts) {
        return facts.getPackages().getPendingList().stream()
                .filter(p -> p.getName().equals("openssl"))
                .findFirst()
                .orElseThrow()
                .getFirstSeen()
                .getSeconds();
    }

    private SystemFacts facts() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        Commands commands = new LocalCommands(files);
        ManagedHost host = new ManagedHost(files, commands, new OneBrokenService(), Optional.of(manager));
        return new SystemFacts(host, data, SELF, () -> now, proc);
    }

    private static final class OneBrokenService implements Services {
        @Override
        public String manager() {
            return "fake";
        }

        @Override
        public State state(String unit, Job job) {
            return State.UNKNOWN;
        }

        @Override
        public void start(String unit, Job job) {
            throw Unexpected.call();
        }

        @Override
        public void stop(String unit, Job job) {
            throw Unexpected.call();
        }

        @Override
        public void restart(String unit, Job job) {
            throw Unexpected.call();
        }

        @Override
        public void reload(String unit, Job job) {
            throw Unexpected.call();
        }

        @Override
        public void enable(String unit, boolean enabled, Job job) {
            throw Unexpected.call();
        }

        @Override
        public List<String> failed(Job job) {
            return List.of("broken.service");
        }

        @Override
        public List<String> definedBy(List<String> files) {
            return List.of();
        }
    }
}
