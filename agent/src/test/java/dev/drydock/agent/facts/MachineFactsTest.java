package dev.drydock.agent.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.facts.FilesystemFacts.Mount;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.OsRelease;
import dev.drydock.proto.facts.v1.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineFactsTest {
    @TempDir
    Path directory;

    @Test
    void readsOsRelease() {
        Os os = OsFacts.of(OsRelease.parse("""
                PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
                # a comment
                VERSION_ID='12'
                VERSION_CODENAME=bookworm
                ID=debian
                """), "aarch64");
        assertThat(os.getFamily()).isEqualTo("debian");
        assertThat(os.getId()).isEqualTo("debian");
        assertThat(os.getVersion()).isEqualTo("12");
        assertThat(os.getCodename()).isEqualTo("bookworm");
        assertThat(os.getArch()).isEqualTo("arm64");
        assertThat(os.getPrettyName()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
    }

    @ParameterizedTest
    @CsvSource({
        "ubuntu,debian,debian",
        "linuxmint,ubuntu debian,debian",
        "rocky,rhel centos fedora,rhel",
        "fedora,'',rhel",
        "opensuse-leap,suse opensuse,suse",
        "sles,'',suse",
        "alpine,'',alpine"
    })
    void knowsFamilies(String id, String like, String family) {
        assertThat(OsFacts.of(OsRelease.parse("ID=" + id + "\nID_LIKE=\"" + like + "\"\n"), "amd64")
                        .getFamily())
                .isEqualTo(family);
    }

    @Test
    void readsTheKernelsFiles() throws Exception {
        assertThat(MachineFacts.bootTime("cpu 1 2 3\nbtime 1700000000\nprocesses 5\n"))
                .isEqualTo(1_700_000_000L);
        assertThat(MachineFacts.memoryBytes("MemTotal:        2048 kB\nMemFree: 1 kB\n"))
                .isEqualTo(2048 * 1024);
        assertThat(MachineFacts.cpu("processor\t: 0\nmodel name\t: A CPU\nprocessor\t: 1\nmodel name\t: A CPU\n"))
                .satisfies(cpu -> {
                    assertThat(cpu.getCount()).isEqualTo(2);
                    assertThat(cpu.getModel()).isEqualTo("A CPU");
                });
        assertThatThrownBy(() -> MachineFacts.bootTime("cpu 1\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("btime");
    }

    @Test
    void theBootTimeOfOneBootStaysWhenTheClockIsSet() throws Exception {
        Files.createDirectories(directory.resolve("sys/kernel/random"));
        Path id = Files.writeString(directory.resolve("sys/kernel/random/boot_id"), "a\n");
        Files.writeString(directory.resolve("stat"), "btime 100\n");
        Files.createDirectories(directory.resolve("1"));
        Files.writeString(directory.resolve("1/stat"), "1 (a) S" + " 0".repeat(20));
        MachineFacts machine = new MachineFacts(directory);
        assertThat(machine.bootedAt().getSeconds()).isEqualTo(100);
        Files.writeString(directory.resolve("stat"), "btime 101\n");
        assertThat(machine.bootedAt().getSeconds()).isEqualTo(100);
        Files.writeString(id, "b\n");
        assertThat(machine.bootedAt().getSeconds()).isEqualTo(101);
    }

    @Test
    void findsTheFileSystemsOfARoot() {
        List<Mount> all = FilesystemFacts.parse("""
                /dev/vda / ext4 rw 0 0
                proc /proc proc rw 0 0
                /dev/vdb /srv/images/a\\040b xfs rw 0 0
                /dev/vdb /srv/images/again xfs rw 0 0
                server:/home /home nfs4 rw 0 0
                /dev/vdc /srv/images/a\\040b/var ext4 rw 0 0
                """);
        assertThat(FilesystemFacts.within(all, Path.of("/")).keySet())
                .containsExactly("/", "/srv/images/a b", "/srv/images/a b/var");
        assertThat(FilesystemFacts.within(all, Path.of("/srv/images/a b")).keySet())
                .containsExactly("/", "/var");
        assertThat(FilesystemFacts.within(all, Path.of("/opt/root")))
                .hasEntrySatisfying("/", root -> assertThat(root.device()).isEqualTo("/dev/vda"));
    }

    @ParameterizedTest
    @CsvSource({"0,100,0", "52,48,50", "53,47,55", "100,0,100", "0,0,0"})
    void roundsWhatIsUsed(long used, long free, int percent) {
        assertThat(FilesystemFacts.usedPercent(used, free, -1)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"53,50,50", "54,50,50", "55,50,55", "47,50,50", "45,50,45", "100,95,100"})
    void whatWaversAroundABoundaryIsNoNews(long used, int last, int percent) {
        assertThat(FilesystemFacts.usedPercent(used, 100 - used, last)).isEqualTo(percent);
    }

    @Test
    void aNewerKernelOfTheSameFlavourNeedsAReboot() {
        assertThat(RebootFacts.newer(
                        "6.1.0-28-amd64",
                        List.of("6.1.0-28-amd64", "6.1.0-9-amd64", "6.1.0-29-amd64", "6.1.0-30-cloud-amd64")))
                .containsExactly("6.1.0-29-amd64");
        assertThat(RebootFacts.newer("6.1.0-28-amd64", List.of("6.1.0-29-amd64")))
                .as("the running kernel is none of those here: a container")
                .isEmpty();
    }

    @Test
    void aPackageThatAsksForARebootIsNamedOnce() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        HostFiles files = new HostFiles(directory.toRealPath());
        assertThat(RebootFacts.gather(files, "6.1", List.of()).getRequired()).isFalse();
        Files.writeString(directory.resolve("run/reboot-required"), "*** System restart required ***\n");
        Files.writeString(directory.resolve("run/reboot-required.pkgs"), "libssl3\nlibc6\nlibssl3\n");
        assertThat(RebootFacts.gather(files, "6.1", List.of()).getRequired()).isTrue();
        assertThat(RebootFacts.gather(files, "6.1", List.of("systemd")).getByList())
                .containsExactly("libc6", "libssl3", "systemd");
    }
}
