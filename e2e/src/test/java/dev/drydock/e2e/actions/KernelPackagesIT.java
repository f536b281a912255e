package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.e2e.lab.WithRoot;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kernels by real apt and dpkg: packages of our own that do to {@code /boot} what Debian's do. Nothing is booted here.
 */
@WithRoot
class KernelPackagesIT {
    private static final String OLD = "6.1.0-1-lab";
    private static final String NEW = "6.1.0-2-lab";
    private static final String RAMDISK = "printf 070701 >/boot/initrd.img-$v";
    private static final String ENTRY = "cp /boot/grub/grub.cfg /boot/grub/grub.cfg.new; printf"
            + " \"menuentry 'Linux $v' {\\n  linux /boot/vmlinuz-$v ro\\n}\\n\" >>/boot/grub/grub.cfg.new;"
            + " mv /boot/grub/grub.cfg.new /boot/grub/grub.cfg";
    private static final String GONE = "rm -f /boot/initrd.img-$v";

    @TempDir
    Path workDir;

    private LabRoot root;
    private String listed = "";
    private Set<String> files = Set.of();

    @BeforeEach
    void bootTheOldOne(LabRoot unpacked) {
        root = unpacked;
        root.sh("mkdir -p /boot/grub /srv/kernels && echo '# GRUB' >/boot/grub/grub.cfg"
                + " && echo 'deb [trusted=yes] file:/srv/kernels ./' >/etc/apt/sources.list.d/kernels.list");
        build("linux-image-" + OLD, OLD, RAMDISK + "; " + ENTRY);
        index();
        root.install("linux-image-" + OLD);
        listed = root.dpkgList();
        files = root.inventory("/boot", "/etc");
    }

    @Test
    void aNewKernelComesBesideTheOldAndBothCanBeBooted() throws Exception {
        build("linux-image-" + NEW, NEW, RAMDISK + "; " + ENTRY);
        index();
        Step step = step();
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(step.output()).contains("Kernel " + NEW + " can be booted");
        assertThat(root.sh("ls /boot")).contains("vmlinuz-" + OLD, "vmlinuz-" + NEW);

        List<String> evidence = step.rollBack(prepared);
        requireAsBefore();
        assertThat(evidence).contains("kernels that can be booted, as before: " + OLD);
    }

    @Test
    void aKernelWithoutItsRamdiskIsRolledBack() throws Exception {
        build("linux-image-" + NEW, NEW, ENTRY);
        index();
        failsAndGoesBack("kernel " + NEW + " cannot be booted: its initial ramdisk is missing");
    }

    @Test
    void aKernelThatTheBootLoaderDoesNotNameIsRolledBack() throws Exception {
        build("linux-image-" + NEW, NEW, RAMDISK);
        index();
        failsAndGoesBack("kernel " + NEW + " cannot be booted: the boot loader does not name it");
    }

    @Test
    void aPackageThatDamagesTheOldKernelsRamdiskIsRolledBack() throws Exception {
        build(
                "linux-image-" + NEW,
                NEW,
                RAMDISK + "; " + ENTRY + "; cp -p /boot/initrd.img-" + OLD + " /boot/old; : >/boot/initrd.img-" + OLD,
                "mv /boot/old /boot/initrd.img-" + OLD + " || true");
        index();
        failsAndGoesBack("kernel " + OLD + " cannot be booted: its initial ramdisk is missing, empty");
    }

    @Test
    void withoutABootLoaderTheResultSaysThatThisPartIsNotProven() throws Exception {
        root.sh("rm -r /boot/grub");
        build("linux-image-" + NEW, NEW, RAMDISK);
        index();
        Step step = step();
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(step.output()).contains("no boot loader under /boot names kernels, so that part is not proven");
        step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(listed);
    }

    private void failsAndGoesBack(String why) throws Exception {
        Step step = step();
        Struct prepared = step.prepare();
        step.apply(prepared);
        assertThatThrownBy(() -> step.verify(prepared, false))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining(why);
        step.rollBack(prepared);
        requireAsBefore();
    }

    private void requireAsBefore() {
        assertThat(root.dpkgList()).isEqualTo(listed);
        assertThat(LabRoot.difference(files, root.inventory("/boot", "/etc"))).isEmpty();
    }

    private void build(String name, String release, String postinst) {
        build(name, release, postinst, "true");
    }

    /** @param postrm besides taking away what postinst made */
    private void build(String name, String release, String postinst, String postrm) {
        root.sh(
                "set -e; t=$(mktemp -d); chmod 755 $t; mkdir -p $t/DEBIAN $t/boot; echo image >$t/boot/vmlinuz-"
                        + release
                        + "\ncat >$t/DEBIAN/control <<'EOF'\nPackage: " + name + "\nVersion: 1.0\nArchitecture: all\n"
                        + "Maintainer: Drydock lab <lab@drydock.invalid>\nDescription: lab case: a kernel\nEOF\n"
                        + "cat >$t/DEBIAN/postinst <<'EOF'\n#!/bin/sh\nset -e\nv=" + release + "\n" + postinst
                        + "\nEOF\n"
                        + "cat >$t/DEBIAN/postrm <<'EOF'\n#!/bin/sh\nset -e\nv=" + release + "\n" + GONE + "\n" + postrm
                        + "\nEOF\nchmod 755 $t/DEBIAN/post*; dpkg-deb --root-owner-group -b $t /srv/kernels >/dev/null; rm -r $t");
    }

    private void index() {
        root.sh(
                "cd /srv/kernels && for f in *.deb; do dpkg-deb -f $f; echo Filename: ./$f; echo Size: $(stat -c %s $f);"
                        + " echo SHA256: $(sha256sum <$f | cut -d ' ' -f 1); echo; done >Packages && apt-get update -qq");
    }

    private Step step() {
        return new Step(
                root.path(), workDir, "os.packages", new HashMap<>(Map.of("packages", List.of("linux-image-" + NEW))));
    }
}
