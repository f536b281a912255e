package dev.drydock.agent.host.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What dnf 4.14 really wrote. */
class DnfOutputTest {
    @Test
    void readsASimulation() {
        RpmPlan plan = DnfOutput.plan("""
                DNF version: 4.14.0
                --> Starting dependency resolution
                ---> Package lab-ok.noarch 1.0-1 will be a downgrade
                ---> Package lab-dependency.noarch 2.0-1 will be installed
                ---> Package lab-needs.noarch 1.0-1 will be upgraded
                ---> Package lab-needs.noarch 2.0-1 will be an upgrade
                --> Finished dependency resolution
                Dependencies resolved.
                ================================================================================
                 Package                Architecture   Version       Repository            Size
                ================================================================================
                Installing:
                 lab-dependency         noarch         2.0-1         @commandline         6.0 k
                """);
        assertThat(plan.installs())
                .containsExactly(
                        new RpmPlan.Install("lab-ok", "noarch", "1.0-1", true),
                        new RpmPlan.Install("lab-dependency", "noarch", "2.0-1", false),
                        new RpmPlan.Install("lab-needs", "noarch", "2.0-1", true));
        assertThat(plan.removals()).isEmpty();
    }

    @Test
    void whatWouldGoOrBeReplacedByAnotherIsARemoval() {
        RpmPlan plan = DnfOutput.plan("""
                ---> Package a.noarch 1.0-1 will be erased
                ---> Package b.x86_64 1:1.0-1 will be obsoleted
                ---> Package c.x86_64 0:2.0-1 will be obsoleting
                """);
        assertThat(plan.removals()).containsExactly("a", "b");
        assertThat(plan.installs()).containsExactly(new RpmPlan.Install("c", "x86_64", "2.0-1", true));
    }

    @Test
    void aLineThatIsNotUnderstoodIsNoSilentlySmallerChange() {
        assertThatThrownBy(() -> DnfOutput.plan("---> Package a.noarch 1.0-1 will be teleported\n"))
                .hasMessageContaining("not understood");
        assertThatThrownBy(() -> DnfOutput.plan("---> something\n")).hasMessageContaining("not understood");
        assertThatThrownBy(() -> DnfOutput.offers("lab-ok\tnoarch\n")).hasMessageContaining("not understood");
        assertThatThrownBy(() -> DnfOutput.security("one two\n")).hasMessageContaining("not understood");
        assertThatThrownBy(() -> DnfOutput.pairs("one\n")).hasMessageContaining("not understood");
    }

    @Test
    void readsOffersAndSizes() {
        String offers = """
                lab-conffile	noarch	2.0-1	lab	6572	72
                lab-ok	noarch	0:2.0-1	lab	6083	4
                """;
        assertThat(DnfOutput.offers(offers))
                .containsExactly(
                        new RpmTool.Offer("lab-conffile", "noarch", "2.0-1", "lab"),
                        new RpmTool.Offer("lab-ok", "noarch", "2.0-1", "lab"));
        PackageChange ok = new PackageChange(new PackageId("lab-ok", "noarch"), "1.0-1", "2.0-1", false, "lab");
        assertThat(DnfOutput.sizes(List.of(ok), offers)).isEqualTo(new RpmTool.Sizes(6083, 4));
    }

    @Test
    void readsAdvisories() {
        assertThat(DnfOutput.security("LAB-2026:0001 Important/Sec. lab-security-2.0-1.noarch\n"))
                .containsExactly("lab-security");
    }

    @Test
    void aScriptThatFailedIsSeenAlsoWhereDnfSaysComplete() {
        assertThat(DnfOutput.failedScripts("""
                  Running scriptlet: lab-post-fails-2.0-1.noarch                            3/5\s
                lab-post-fails: the database of 2.0 cannot be migrated
                warning: %post(lab-post-fails-2.0-1.noarch) scriptlet failed, exit status 1

                Error in POSTIN scriptlet in rpm package lab-post-fails
                  Cleanup          : lab-needs-1.0-1.noarch                                 4/5\s
                Complete!
                """)).containsExactly("postin script of lab-post-fails");
        assertThat(DnfOutput.failedScripts("Complete!\n")).isEmpty();
    }

    @Test
    void tellsATransactionThatHasNoEndFromOneThatHas() {
        assertThat(DnfOutput.cutOff("""
                Transaction ID : 8
                Begin time     : Wed Nov 25 01:03:34 2026
                Begin rpmdb    : 5527bf0dbeff456db360d4cd04bdc28a8f841b171fa033a12271ee6daba2ddfe
                End time       : Thu Jan  1 00:00:00 1970 (-1795568614 seconds)
                End rpmdb      :  **
                User           : System <unset>
                Return-Code    : Failure: 1
                """)).contains("8");
        assertThat(DnfOutput.cutOff("""
                Transaction ID : 3
                Begin rpmdb    : 35223a11c18b5dd395fcabe426d2919c48eccd66a538c1525f1396fa068eed7d
                End rpmdb      : dc1ae171cd616743adb7a8d183afa2ad32afccea362774b1a7657dd9e2a48ec2
                Return-Code    : Success
                """)).isEmpty();
    }

    @Test
    void aChangeOfMarksIsNoTransactionThatWasCutOff() {
        assertThat(DnfOutput.cutOff("""
                Transaction ID : 9
                Begin time     : Wed Nov 25 01:29:30 2026
                Begin rpmdb    :\s
                End time       : Wed Nov 25 01:29:30 2026 (0 seconds)
                End rpmdb      :  **
                Return-Code    : Success
                Packages Altered:
                    Reason Change lab-ok-2.0-1.noarch @lab
                """)).isEmpty();
    }

    @Test
    void findsTheReasonOfAnError() {
        assertThat(DnfOutput.errors("""
                No match for argument: nothing-here
                Package lab-needs-1.0-1.noarch is already installed.
                Error: Unable to find a match: nothing-here
                """))
                .isEqualTo("Unable to find a match: nothing-here (No match for argument: nothing-here)");
    }

    @Test
    void readsPairs() {
        assertThat(DnfOutput.pairs("lab-ok\tnoarch\n")).containsExactly(Map.entry("lab-ok", "noarch"));
    }
}
