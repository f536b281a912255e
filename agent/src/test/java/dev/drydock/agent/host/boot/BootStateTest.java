package dev.drydock.agent.host.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.Output;
import dev.drydock.agent.testing.Unexpected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootStateTest {
    private static final String GRUB = """
            set default="0"
            menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'gnulinux-simple-1' {
                linux   /boot/vmlinuz-6.1.0-9-amd64 root=UUID=1 ro quiet
                initrd  /boot/initrd.img-6.1.0-9-amd64
            }
            submenu 'Advanced options' {
                menuentry 'Debian GNU/Linux, with Linux 6.1.0-8-amd64' {
                    linuxefi ($root)/vmlinuz-6.1.0-8-amd64 root=UUID=1 ro
                }
            }
            """;
    private static final String ENTRY = """
            title Red Hat Enterprise Linux
            version 5.14.0-362.el9.x86_64
            linux /vmlinuz-5.14.0-362.el9.x86_64
            initrd /initramfs-5.14.0-362.el9.x86_64.img $tuned_initrd
            """;

    @TempDir
    Path root;

    @Test
    void readsWhatBootLoadersName() {
        assertThat(LoaderConfig.kernels(List.of(GRUB, ENTRY)))
                .containsExactly("5.14.0-362.el9.x86_64", "6.1.0-8-amd64", "6.1.0-9-amd64");
        assertThat(LoaderConfig.boots(GRUB)).isTrue();
        assertThat(LoaderConfig.boots(ENTRY)).isTrue();
        assertThat(LoaderConfig.boots("insmod blscfg\nblscfg\n")).isTrue();
        assertThat(LoaderConfig.boots("search.fs_uuid 1 root\nconfigfile $prefix/grub.cfg\n"))
                .as("a stub in the EFI partition")
                .isFalse();
    }

    @Test
    void aKernelWithImageRamdiskAndEntryCanBeBooted() {
        BootState boot = debian("6.1.0-9-amd64");
        assertThat(boot.bootable()).containsExactly("6.1.0-9-amd64");
        assertThat(boot.ramdiskOf("6.1.0-9-amd64")).isEqualTo("initrd.img-6.1.0-9-amd64");
        assertThat(boot.missing("6.1.0-9-amd64", true, true)).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(debian("6.1.0-10-amd64").missing("6.1.0-10-amd64", true, true))
                .containsExactly("the boot loader does not name it");
        assertThat(new BootState(Map.of("vmlinuz-6", 0L, "initrd.img-6", 9L), Set.of(), List.of(), true)
                        .missing("6", true, false))
                .containsExactly(
                        "/boot/vmlinuz-6 is missing or empty", "its initial ramdisk is missing, empty or no archive");
    }

    @Test
    void aSystemWithoutRamdisksOrBootLoaderNeedsNone() {
        BootState boot = new BootState(Map.of("vmlinuz-6.1", 8L), Set.of(), List.of(), false);
        assertThat(boot.bootable()).containsExactly("6.1");
        assertThat(boot.named()).isFalse();
        assertThat(new BootState(Map.of(), Set.of(), List.of(), false).bootable())
                .isEmpty();
    }

    @Test
    void entriesOfKernelsThatAreGoneAreFound() {
        assertThat(debian("6.1.0-9-amd64").dangling()).containsExactly("6.1.0-8-amd64");
    }

    @Test
    void findsKernelsAmongThePackagesFiles() {
        assertThat(BootState.releases(List.of(
                        "/boot/vmlinuz-6.1.0-9-amd64",
                        "/boot/System.map-6.1.0-9-amd64",
                        "/lib/modules/5.14.0-362.el9.x86_64/vmlinuz",
                        "/usr/lib/modules/6.4.0-1-default/vmlinux.xz",
                        "/usr/share/doc/vmlinuz-none")))
                .containsExactly("5.14.0-362.el9.x86_64", "6.1.0-9-amd64", "6.4.0-1-default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux-image-6.1.0-9-amd64",
                "linux-image-amd64",
                "kernel",
                "kernel-core",
                "kernel-rt-core",
                "kernel-default",
                "kernel-uek"
            })
    void knowsKernelPackages(String name) {
        assertThat(BootState.isKernel(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"linux-headers-6.1.0-9-amd64", "kernel-headers", "kernel-tools-libs", "nginx", "linux-base"})
    void knowsOthers(String name) {
        assertThat(BootState.isKernel(name)).isFalse();
    }

    @Test
    void roomIsThatOfTheLargestThatIsThere() {
        BootState boot = new BootState(
                Map.of("vmlinuz-6", 8L, "config-6", 1L, "initrd.img-6", 30L, "vmlinuz-5", 7L, "initrd.img-5", 20L),
                Set.of(),
                List.of(),
                true);
        assertThat(boot.roomFor(0)).isZero();
        assertThat(boot.roomFor(1)).isEqualTo(9 + 30 + 30);
        assertThat(boot.roomFor(2)).isEqualTo(2 * 39 + 30);
        assertThat(new BootState(Map.of(), Set.of(), List.of(), false).roomFor(1))
                .isEqualTo(16L << 20);
    }

    @Test
    void readsTheDirectory() throws Exception {
        write("boot/vmlinuz-6.1.0-9-amd64", "image");
        write("boot/vmlinuz-6.1.0-8-amd64", "image");
        write("boot/initrd.img-6.1.0-9-amd64", "070701 and so on");
        write("boot/initrd.img-6.1.0-8-amd64", "no archive at all");
        write("boot/grub/grub.cfg", GRUB);
        write("boot/grub/grubenv", "# GRUB Environment Block\n");
        write("boot/efi/EFI/debian/grub.cfg", "configfile $prefix/grub.cfg\n");
        write("boot/loader/entries/a.conf", ENTRY);
        BootDirectory directory = directory();
        BootState boot = directory.look();
        assertThat(boot.bootable()).containsExactly("6.1.0-9-amd64");
        assertThat(boot.dangling()).containsExactly("5.14.0-362.el9.x86_64");
        assertThat(boot.loaders()).hasSize(2);
        assertThat(directory.loaderFiles())
                .containsExactly(
                        "/boot/efi/EFI/debian/grub.cfg",
                        "/boot/grub/grub.cfg",
                        "/boot/grub/grubenv",
                        "/boot/loader/entries/a.conf");
    }

    @Test
    void theSystemsOwnToolMustBeAbleToReadARamdisk() throws Exception {
        Job job = Job.quiet(Duration.ofSeconds(10));
        Commands fails = new Commands() {
            @Override
            public Result run(Command command, Output output) {
                assertThat(command.argv()).containsExactly("/usr/bin/lsinitramfs", "/boot/initrd.img-6");
                return new Result(1, false, "", "cpio: premature end of archive");
            }

            @Override
            public void requireProgram(String program) {
                throw Unexpected.call();
            }
        };
        BootDirectory directory = new BootDirectory(new HostFiles(root.toRealPath()), fails);
        directory.requireReadable("initrd.img-6", job);
        write("usr/bin/lsinitramfs", "");
        assertThatThrownBy(() -> directory.requireReadable("initrd.img-6", job))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("premature end of archive");
    }

    private static BootState debian(String release) {
        String ramdisk = "initrd.img-" + release;
        return new BootState(Map.of("vmlinuz-" + release, 8L, ramdisk, 30L), Set.of(ramdisk), List.of(GRUB), true);
    }

    private BootDirectory directory() throws IOException {
        HostFiles files = new HostFiles(root.toRealPath());
        return new BootDirectory(files, new LocalCommands(files));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
