package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.Staging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook as apt runs it, by a real shell; what it reads was written by apt 2.6. */
class AptGuardTest {
    private static final PackageId OPENSSL = new PackageId("openssl", "amd64");
    private static final PackageId LAB = new PackageId("lab-ok", "all");
    private static final PackageChange NEWER =
            new PackageChange(OPENSSL, "3.0.20-1~deb12u2", "3.0.22-1~deb12u2", true, "");
    private static final PackageChange ADDED = new PackageChange(LAB, "", "2.0", false, "");
    private static final String THERE = """
            VERSION 3
            APT::Architecture=amd64
            DPkg::Pre-Install-Pkgs::=lab-evil%20-%20-%20none

            lab-ok - - none < 2.0 all none /srv/drydock-lab/./lab-ok_2.0_all.deb
            openssl 3.0.20-1~deb12u2 amd64 foreign < 3.0.22-1~deb12u2 amd64 foreign /srv/pool/openssl_3.0.22-1~deb12u2_amd64.deb
            lab-ok - - none < 2.0 all none **CONFIGURE**
            openssl 3.0.20-1~deb12u2 amd64 foreign < 3.0.22-1~deb12u2 amd64 foreign **CONFIGURE**
            """;
    private static final String BACK = """
            VERSION 3

            lab-ok 2.0 all none > - - none **REMOVE**
            openssl 3.0.22-1~deb12u2 amd64 foreign > 3.0.20-1~deb12u2 amd64 foreign /srv/old/openssl_3.0.20-1~deb12u2_amd64.deb
            openssl 3.0.22-1~deb12u2 amd64 foreign > 3.0.20-1~deb12u2 amd64 foreign **CONFIGURE**
            """;

    @TempDir
    Path directory;

    @Test
    void letsThePlanThrough() throws Exception {
        assertThat(refusedBy(AptGuard.exactly(List.of(NEWER, ADDED)), THERE)).isEmpty();
    }

    @Test
    void refusesMoreLessAndOtherVersions() throws Exception {
        List<String> all = List.of("lab-ok all - 2.0", "openssl amd64 3.0.20-1~deb12u2 3.0.22-1~deb12u2");
        assertThat(refusedBy(AptGuard.exactly(List.of(NEWER)), THERE)).isEqualTo(all);
        PackageChange nginx = new PackageChange(new PackageId("nginx", "amd64"), "1.0", "1.1", true, "");
        assertThat(refusedBy(AptGuard.exactly(List.of(NEWER, ADDED, nginx)), THERE))
                .isEqualTo(all);
        PackageChange earlier = new PackageChange(OPENSSL, "3.0.20-1~deb12u2", "3.0.21-1", true, "");
        assertThat(refusedBy(AptGuard.exactly(List.of(earlier, ADDED)), THERE)).isEqualTo(all);
    }

    @Test
    void seesRemovals() throws Exception {
        PackageChange removed = new PackageChange(LAB, "2.0", "", false, "");
        PackageChange older = new PackageChange(OPENSSL, "3.0.22-1~deb12u2", "3.0.20-1~deb12u2", false, "");
        assertThat(refusedBy(AptGuard.exactly(List.of(removed, older)), BACK)).isEmpty();
        assertThat(refusedBy(AptGuard.exactly(List.of(older)), BACK)).isNotEmpty();
    }

    @Test
    void onTheWayBackAnyChangeOfThesePackagesAndNoOther() throws Exception {
        assertThat(refusedBy(AptGuard.atMost(Set.of(OPENSSL, LAB)), BACK)).isEmpty();
        assertThat(refusedBy(AptGuard.atMost(Set.of(OPENSSL, LAB, new PackageId("nginx", "amd64"))), BACK))
                .isEmpty();
        assertThat(refusedBy(AptGuard.atMost(Set.of(OPENSSL)), BACK)).containsExactly("lab-ok all");
        assertThat(refusedBy(AptGuard.atMost(Set.of(OPENSSL, new PackageId("lab-ok", "amd64"))), BACK))
                .containsExactly("lab-ok all");
    }

    private List<String> refusedBy(AptGuard guard, String input) throws Exception {
        try (Staging staging = Staging.open(new HostFiles(Path.of("/")), directory)) {
            List<String> options = guard.install(staging);
            assertThat(options.get(1)).isEqualTo("DPkg::Pre-Install-Pkgs::=/usr/bin/env sh '" + directory + "/guard'");
            Path stdin = Files.writeString(directory.resolve("stdin"), input);
            int exit = new ProcessBuilder("/usr/bin/env", "sh", directory + "/guard")
                    .inheritIO()
                    .redirectInput(stdin.toFile())
                    .start()
                    .waitFor();
            List<String> refused = guard.refused(staging);
            assertThat(exit == 0).isEqualTo(refused.isEmpty());
            return refused;
        }
    }
}
