package dev.drydock.agent.host.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.packages.InstalledPackage;
import dev.drydock.agent.host.packages.PackageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rpm 4.18 really wrote, with shorter checksums. */
class RpmListingTest {
    private static final String LISTED = """
            lab-slow	noarch	2.0-1	98ca13	4
            lab-slow	noarch	1.0-1	cf1dff	4
            lab-kernel	noarch	1.0-1	fd0a9b	4
            lab-kernel	noarch	2.0-1	31734a	4
            bind	x86_64	32:9.16-1	0414e4	70
            lab-zero	noarch	0:1.0-1	ee5215	(none)
            gpg-pubkey	(none)	6b8d79e6-3f49313d	794f08	0
            """;

    @Test
    void aPackageThatIsThereTwiceIsBrokenUnlessItIsMeantToBe() {
        List<InstalledPackage> installed = RpmListing.installed(RpmListing.parse(LISTED), Set.of("lab-kernel"));
        assertThat(installed)
                .containsExactly(
                        new InstalledPackage(new PackageId("bind", "x86_64"), "32:9.16-1", RpmListing.WHOLE, true),
                        new InstalledPackage(
                                new PackageId("lab-kernel-1.0-1", "noarch"), "1.0-1", RpmListing.WHOLE, true),
                        new InstalledPackage(
                                new PackageId("lab-kernel-2.0-1", "noarch"), "2.0-1", RpmListing.WHOLE, true),
                        new InstalledPackage(
                                new PackageId("lab-slow", "noarch"), "1.0-1 and 2.0-1", RpmListing.TWICE, false),
                        new InstalledPackage(new PackageId("lab-zero", "noarch"), "1.0-1", RpmListing.WHOLE, true));
    }

    @Test
    void aLineThatIsNotUnderstoodIsNoPackageLess() {
        assertThatThrownBy(() -> RpmListing.parse("lab-ok noarch\n")).hasMessageContaining("not understood");
    }

    @Test
    void namesPackagesAsEachToolTakesThem() {
        PackageId bind = new PackageId("bind", "x86_64");
        assertThat(Nevra.of(bind, "32:9.16-1")).isEqualTo("bind-32:9.16-1.x86_64");
        assertThat(Nevra.equation(bind, "32:9.16-1")).isEqualTo("bind.x86_64=32:9.16-1");
        assertThat(Nevra.fileName(bind, "32:9.16-1")).isEqualTo("bind-32%3a9.16-1.x86_64.rpm");
        PackageId kernel = Nevra.sideBySide("lab-kernel", "2.0-1", "noarch");
        assertThat(Nevra.of(kernel, "2.0-1")).isEqualTo("lab-kernel-2.0-1.noarch");
        assertThat(Nevra.equation(kernel, "2.0-1")).isEqualTo("lab-kernel.noarch=2.0-1");
        assertThat(Nevra.plainName(kernel, "2.0-1")).isEqualTo("lab-kernel");
    }

    @Test
    void theNewestOfSeveralCountsForTheBoot() {
        assertThat(Rpm.installTimes("""
                kernel	1795567957
                kernel	1795568957
                package glibc is not installed
                """)).containsExactly(Map.entry("kernel", Instant.ofEpochSecond(1_795_568_957L)));
    }

    @Test
    void readsWhatIsMissing() {
        assertThat(Rpm.unsatisfied("""
                Unsatisfied dependencies for lab-needs-2.0-1.noarch:
                	lab-dependency is needed by (installed) lab-needs-2.0-1.noarch
                """))
                .containsExactly("lab-dependency is needed by (installed) lab-needs-2.0-1.noarch");
    }
}
