package dev.drydock.agent.host.apt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.apt.AptPolicy.Release;
import dev.drydock.agent.host.apt.AptSimulation.Install;
import dev.drydock.agent.host.packages.Footprint;
import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import dev.drydock.agent.host.packages.RecordLocks;
import dev.drydock.agent.host.packages.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What apt and dpkg of Debian 12 really wrote. */
class AptParsersTest {
    private static final PackageId OPENSSL = new PackageId("openssl", "amd64");
    private static final PackageId TZDATA = new PackageId("tzdata", "all");

    @Test
    void readsASimulation() {
        AptSimulation simulation = AptSimulation.parse("""
                Reading package lists...
                Inst perl [5.36.0-7+deb12u3] (5.36.0-7+deb12u4 Debian-Security:12/oldstable-security [amd64]) []
                Inst perl-base [5.36.0-7+deb12u3] (5.36.0-7+deb12u4 Debian-Security:12/oldstable-security [amd64])
                Inst libc6:i386 (2.36-9 Debian:12.1/stable, Debian-Security:12/stable-security [i386])
                Inst lab-ok (2.0 drydock-lab:lab [all])
                Conf perl-base (5.36.0-7+deb12u4 Debian-Security:12/oldstable-security [amd64])
                Remv exim4 [4.96-15]
                Purg old-thing [1.0]
                """);
        assertThat(simulation.installs())
                .containsExactly(
                        new Install(
                                new PackageId("perl", "amd64"),
                                "5.36.0-7+deb12u3",
                                "5.36.0-7+deb12u4",
                                "Debian-Security:12/oldstable-security"),
                        new Install(
                                new PackageId("perl-base", "amd64"),
                                "5.36.0-7+deb12u3",
                                "5.36.0-7+deb12u4",
                                "Debian-Security:12/oldstable-security"),
                        new Install(
                                new PackageId("libc6", "i386"),
                                "",
                                "2.36-9",
                                "Debian:12.1/stable, Debian-Security:12/stable-security"),
                        new Install(new PackageId("lab-ok", "all"), "", "2.0", "drydock-lab:lab"));
        assertThat(simulation.removals()).containsExactly("exim4", "old-thing");
    }

    @Test
    void readsSourcePackages() {
        assertThat(DpkgListing.sources("openssl\tamd64\topenssl\ntzdata\tall\ttzdata-source\n"))
                .isEqualTo(Map.of(OPENSSL, "openssl", TZDATA, "tzdata-source"));
    }

    @Test
    void readsWhatIsThereForOthersOnly() {
        assertThat(AptMarks.parse("""
                Package: openssl
                Architecture: amd64
                Auto-Installed: 1

                Package: tzdata
                Architecture: amd64
                Auto-Installed: 0
                """)).containsExactly(OPENSSL);
        assertThat(AptMarks.parse("")).isEmpty();
    }

    @Test
    void aLineThatIsNotUnderstoodIsNoSilentlySmallerChange() {
        assertThatThrownBy(() -> AptSimulation.parse("Inst something new\n")).hasMessageContaining("not understood");
    }

    @Test
    void readsThePolicy() {
        Map<String, Release> releases = AptPolicy.releases("""
                Package files:
                 100 /var/lib/dpkg/status
                     release a=now
                 500 file:/srv/drydock-lab ./ Packages
                     release o=drydock-lab,a=lab,l=drydock-lab,c=
                 500 file:/srv/debian-security bookworm-security/main amd64 Packages
                     release v=12,o=Debian,a=oldstable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64
                 500 file:/srv/debian bookworm/main amd64 Packages
                     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
                Pinned packages:
                """);
        Map<String, AptPolicy.Entry> entries = AptPolicy.entries("""
                openssl:
                  Installed: 3.0.20-1~deb12u2
                  Candidate: 3.0.22-1~deb12u2
                  Version table:
                     3.0.22-1~deb12u2 500
                        500 file:/srv/debian-security bookworm-security/main amd64 Packages
                 *** 3.0.20-1~deb12u2 500
                        500 file:/srv/debian bookworm/main amd64 Packages
                        100 /var/lib/dpkg/status
                lab-ok:
                  Installed: (none)
                  Candidate: 2.0
                  Version table:
                     2.0 500
                        500 file:/srv/drydock-lab ./ Packages
                """);
        AptPolicy.Entry openssl = entries.get("openssl");
        assertThat(openssl).isNotNull();
        assertThat(openssl.isUpgradable()).isTrue();
        assertThat(openssl.isSecurity(releases)).isTrue();
        assertThat(openssl.origin(releases)).isEqualTo("Debian-Security/oldstable-security");
        assertThat(openssl.isOnOffer("3.0.20-1~deb12u2")).isTrue();
        assertThat(openssl.isOnOffer("3.0.19")).isFalse();
        AptPolicy.Entry lab = entries.get("lab-ok");
        assertThat(lab).isNotNull();
        assertThat(lab.installed()).isEmpty();
        assertThat(lab.isUpgradable()).as("not installed").isFalse();
    }

    @Test
    void aSecurityFixBelowANewerOrdinaryVersionIsStillOne() {
        Map<String, Release> releases = Map.of(
                "security Packages", new Release("Debian", "Debian-Security", "stable-security", "bookworm-security"),
                "main Packages", new Release("Debian", "Debian", "stable", "bookworm"));
        AptPolicy.Entry entry = AptPolicy.entries("""
                app:
                  Installed: 1
                  Candidate: 3
                  Version table:
                     3 500
                        500 main Packages
                     2 500
                        500 security Packages
                 *** 1 100
                        100 /var/lib/dpkg/status
                """).get("app");
        assertThat(entry).isNotNull();
        assertThat(entry.isSecurity(releases)).isTrue();
        assertThat(entry.isOnOffer("1")).as("only the host has it").isFalse();
    }

    @Test
    void readsDpkgsListing() {
        List<InstalledPackage> all = DpkgListing.parse("""
                openssl\tamd64\t3.0.20\tii\u0020
                held\tamd64\t1\thi\u0020
                broken\tall\t2.0\tiF\u0020
                reinstall\tall\t2.0\tiHR
                left\tall\t1\trc\u0020
                never\tall\t\tun\u0020
                """);
        assertThat(all)
                .extracting(p -> p.id().name())
                .containsExactly("broken", "held", "left", "openssl", "reinstall");
        assertThat(all)
                .filteredOn(InstalledPackage::healthy)
                .extracting(p -> p.id().name())
                .containsExactly("held", "openssl");
        assertThat(all)
                .filteredOn(DpkgListing::isPresent)
                .extracting(p -> p.id().name())
                .doesNotContain("left");
    }

    @Test
    void readsDpkgsAudit() {
        assertThat(DpkgListing.audit("""
                The following packages are only half configured, probably due to problems
                configuring them the first time.  The configuration should be retried using
                dpkg --configure <package> or the configure menu option in dselect:
                 lab-postinst-fails   lab case: configuring 2.0 fails

                """)).containsExactly("lab-postinst-fails");
        assertThat(DpkgListing.audit("")).isEmpty();
    }

    @Test
    void makesTheStatusFileAsItWillBe() {
        String status = """
                Package: openssl
                Status: install ok installed
                Architecture: amd64
                Version: 1
                Description: short
                 and long

                Package: other
                Status: install ok installed
                Architecture: all
                Version: 5
                """;
        String after = DpkgStatus.after(status, List.of("Package: openssl\nArchitecture: amd64\nVersion: 2\n"));
        List<String> stanzas = DpkgStatus.stanzas(after);
        assertThat(stanzas).hasSize(2);
        assertThat(DpkgStatus.field(stanzas.get(0), "Version")).isEqualTo("2");
        assertThat(DpkgStatus.field(stanzas.get(0), "Status")).isEqualTo("install ok installed");
        assertThat(DpkgStatus.id(stanzas.get(1))).isEqualTo(new PackageId("other", "all"));
    }

    @Test
    void leavesFieldsOutWithTheirContinuations() {
        assertThat(DpkgStatus.without(
                        "Package: a\nConffiles:\n /etc/a 1234\n /etc/b 5678\nVersion: 1\n", List.of("conffiles")))
                .isEqualTo("Package: a\nVersion: 1\n");
    }

    @Test
    void namesFilesAndVersionsAsAptDoes() {
        assertThat(Versions.fileName(OPENSSL, "1:3.0~rc1")).isEqualTo("openssl_1%3a3.0~rc1_amd64.deb");
        assertThat(Versions.argument(OPENSSL, "3")).isEqualTo("openssl:amd64=3");
        assertThat(Versions.argument(TZDATA, "3")).isEqualTo("tzdata=3");
    }

    @Test
    void globsAreNoPatterns() {
        assertThat("linux-image-6.1").matches(Selection.glob("linux-image-*"));
        assertThat("libstdc++6").matches(Selection.glob("libstdc++?"));
        assertThat("libstdcc6").doesNotMatch(Selection.glob("libstdc+6"));
        assertThat("a.b").matches(Selection.glob("a.b"));
        assertThat("axb").doesNotMatch(Selection.glob("a.b"));
    }

    @Test
    void readsWhereDivertedFilesAre() {
        assertThat(RepackList.parse("""
                /.
                /usr
                /usr/bin/tool
                diverted by other to: /usr/bin/tool.real
                /usr/bin/b
                locally diverted to: /usr/bin/b.mine
                """))
                .containsEntry("/usr", "/usr")
                .containsEntry("/usr/bin/tool", "/usr/bin/tool.real")
                .containsEntry("/usr/bin/b", "/usr/bin/b.mine")
                .doesNotContainKey("/.");
    }

    @Test
    void knowsWhichFilesOfTheDatabaseAreAPackages() {
        assertThat(Repacker.controlFile(OPENSSL, "openssl.postinst")).isEqualTo("postinst");
        assertThat(Repacker.controlFile(OPENSSL, "openssl:amd64.md5sums")).isEqualTo("md5sums");
        assertThat(Repacker.controlFile(OPENSSL, "openssl:i386.md5sums")).isEmpty();
        assertThat(Repacker.controlFile(OPENSSL, "openssl-doc.list")).isEmpty();
        assertThat(Repacker.controlFile(new PackageId("python3", "all"), "python3.11.postinst"))
                .isEmpty();
    }

    @Test
    void addsUpHowMuchSpaceIsNeeded() {
        List<PackageChange> changes =
                List.of(new PackageChange(OPENSSL, "1", "2", true, ""), new PackageChange(TZDATA, "", "5", false, ""));
        List<String> offered = List.of(
                "Package: openssl\nArchitecture: amd64\nVersion: 2\nInstalled-Size: 30\nSize: 1000",
                "Package: openssl\nArchitecture: amd64\nVersion: 1\nInstalled-Size: 99999\nSize: 99999",
                "Package: tzdata\nArchitecture: all\nVersion: 5\nSize: 500");
        Map<PackageId, Long> installed = AptFootprint.installedSizes("openssl\tamd64\t20\nweird\tall\t\n");
        assertThat(AptFootprint.of(changes, offered, installed))
                .isEqualTo(new Footprint(1500, 3 * 20 * 1024, (30 - 20 + 30) * 1024));
    }

    @Test
    void aWayBackThatTouchesOthersIsNone() throws Exception {
        List<PackageChange> changes =
                List.of(new PackageChange(OPENSSL, "1", "2", true, ""), new PackageChange(TZDATA, "", "5", false, ""));
        Install back = new Install(OPENSSL, "2", "1", "");
        RestoreProof.compare(changes, new AptSimulation(List.of(back), List.of("tzdata")));
        assertThatThrownBy(() ->
                        RestoreProof.compare(changes, new AptSimulation(List.of(back), List.of("tzdata", "nginx"))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("the way back is not clean");
        assertThatThrownBy(() -> RestoreProof.compare(changes, new AptSimulation(List.of(), List.of("tzdata"))))
                .isInstanceOf(HostException.class);
    }

    @Test
    void findsWhoHoldsALock() {
        String locks = """
                1: POSIX  ADVISORY  WRITE 812 fe:00:1001 0 EOF
                2: POSIX  ADVISORY  WRITE 4711 fe:00:2002 0 EOF
                2: -> POSIX  ADVISORY  WRITE 4712 fe:00:2002 0 EOF
                """;
        assertThat(RecordLocks.holder(locks, 2002)).hasValue(4711);
        assertThat(RecordLocks.holder(locks, 3003)).isEmpty();
    }

    @Test
    void dpkgNamesThePackagesThatFailed() {
        assertThat(DpkgErrors.of("""
                Setting up shop (2.0) ...
                shop: the database of 2.0 cannot be migrated
                dpkg: error processing package shop (--configure):
                 installed shop package post-installation script subprocess returned error exit status 1
                dpkg: error processing archive /var/cache/apt/archives/till_2.0_all.deb (--unpack):
                 new till package pre-installation script subprocess returned error exit status 3
                Errors were encountered while processing:
                 shop
                E: Sub-process /usr/bin/dpkg returned an error code (1)
                """))
                .isEqualTo(
                        "shop: installed shop package post-installation script subprocess returned error exit status 1;"
                                + " /var/cache/apt/archives/till_2.0_all.deb: new till package pre-installation script"
                                + " subprocess returned error exit status 3");
        assertThat(DpkgErrors.of("E: Unable to locate package shop\n")).isEmpty();
    }

    @Test
    void tellsAptsErrorsFromItsChatter() {
        assertThat(Apt.errors("""
                Reading package lists...
                The following packages have unmet dependencies:
                 a : Depends: b (>= 2) but 1 is to be installed
                E: Unable to correct problems, you have held broken packages.
                """))
                .isEqualTo("Unable to correct problems, you have held broken packages."
                        + " (a : Depends: b (>= 2) but 1 is to be installed)");
        assertThat(Apt.errors("first\nlast\n")).isEqualTo("last");
    }

    @Test
    void tellsWhatMustBeUnpackedAgainFromWhatIsOnlyToBeConfigured() {
        assertThat(DpkgListing.parse("""
                        a\tamd64\t1.0\tiH\s
                        b\tamd64\t1.0\tiHR
                        c\tamd64\t1.0\tiF\s
                        d\tamd64\t1.0\tiU\s
                        e\tamd64\t1.0\tit\s
                        """).stream()
                        .filter(AptRepair::isHalfUnpacked)
                        .map(p -> p.id().name()))
                .containsExactly("a", "b");
    }
}
