package dev.drydock.agent.host.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What zypper 1.14.42 really wrote. */
class ZypperXmlTest {
    private static final String PATCH = """
            <?xml version='1.0'?>
            <stream>
            <message type="info">Patch &apos;LAB-2026:0002-1&apos; is not in the specified category.</message>
            <install-summary download-size="18396" space-usage-diff="4" packages-to-change="2">
            <to-upgrade>
            <solvable type="package" name="lab-security" edition="2.0-1" arch="noarch" edition-old="1.0-1" arch-old="noarch" summary="lab case: 2.0 &lt; 3.0, a &gt; b">
            <description>Lab case: 2.0 has a security advisory.</description></solvable>
            </to-upgrade>
            <to-install>
            <solvable type="patch" name="LAB-2026:0001" edition="1" arch="noarch" summary="lab-security 2.0">
            <description>What lab-security 1.0 does wrong.</description></solvable>
            <solvable type="package" name="lab-dependency" edition="2.0-1" arch="noarch" summary="lab case: wanted by lab-needs 2.0">
            <description>Lab case: wanted by lab-needs 2.0.</description></solvable>
            </to-install>
            </install-summary>
            <progress id="fileconflict-check" name="Checking for file conflicts:" value="9"/>
            </stream>
            """;

    @Test
    void readsASimulation() {
        RpmPlan plan = ZypperXml.plan(PATCH);
        assertThat(plan.installs())
                .containsExactly(
                        new RpmPlan.Install("lab-security", "noarch", "2.0-1", true),
                        new RpmPlan.Install("lab-dependency", "noarch", "2.0-1", false));
        assertThat(plan.removals()).isEmpty();
        assertThat(ZypperXml.sizes(PATCH)).isEqualTo(new RpmTool.Sizes(18396, 4));
        assertThat(ZypperXml.sizes("<stream></stream>")).isEqualTo(new RpmTool.Sizes(0, 0));
    }

    @Test
    void readsRemovals() {
        RpmPlan plan = ZypperXml.plan("""
                <to-remove>
                <solvable type="package" name="lab-ok" edition="1.0-1" arch="noarch" summary="lab case: nothing special"/>
                </to-remove>
                """);
        assertThat(plan.removals()).containsExactly("lab-ok");
        assertThat(plan.installs()).isEmpty();
    }

    @Test
    void whatIsIncompleteIsNoSilentlySmallerChange() {
        assertThatThrownBy(() -> ZypperXml.plan("<to-upgrade><solvable type=\"package\" name=\"a\"></to-upgrade>"))
                .hasMessageContaining("not understood");
    }

    @Test
    void readsOffers() {
        assertThat(ZypperXml.offers("""
                <update-list>
                <update kind="package" name="lab-needs" edition="2.0-1" arch="noarch" edition-old="1.0-1"><summary>lab case: 2.0 wants a package that is not installed</summary><description>Lab case.</description><license/><source url="file:/srv/lab-rpm" alias="lab"/></update><update kind="package" name="lab-ok" edition="2.0-1" arch="noarch" edition-old="1.0-1"><summary>lab case: nothing special</summary><description>Lab case: nothing special.</description><license/><source url="file:/srv/lab-rpm" alias="lab"/></update></update-list>
                """))
                .containsExactly(
                        new RpmTool.Offer("lab-needs", "noarch", "2.0-1", "lab"),
                        new RpmTool.Offer("lab-ok", "noarch", "2.0-1", "lab"));
    }

    @Test
    void takesPatchesOfTheCategoryAloneAlthoughZypperListsOthers() {
        assertThat(ZypperXml.neededPatches("""
                        <update kind="patch" name="LAB-2026:0001" edition="1" arch="noarch" status="needed" category="security" severity="important" pkgmanager="false" restart="false" interactive="false"><summary>lab-security 2.0</summary><source url="file:/srv/lab-rpm" alias="lab"/></update><update kind="patch" name="LAB-2026:0002" edition="1" arch="noarch" status="needed" category="bugfix" severity="" pkgmanager="false" restart="false" interactive="false"><summary>lab-ok 2.0</summary></update>
                        """, "security")).containsExactly("LAB-2026:0001");
    }

    @Test
    void readsWhichPackagesAPatchIsOf() {
        assertThat(ZypperXml.patchedPackages("""
                <message type="info">Repository  : lab
                Name        : LAB-2026:0001
                Description :\s
                    What lab-other &lt; 1.0 does wrong.
                Provides    : patch:LAB-2026:0001 = 1
                Conflicts   : lab-security &lt; 2.0-1
                </message>
                """)).containsExactly("lab-security");
    }

    @Test
    void aScriptThatFailedIsSeenInXmlAndInText() {
        assertThat(ZypperXml.failedScripts(
                        "warning: %post(lab-post-fails-2.0-1.noarch) scriptlet failed, exit status 1\n"))
                .containsExactly("post script of lab-post-fails-2.0-1.noarch");
        assertThat(
                        ZypperXml.failedScripts(
                                "error: lua script failed: [string &quot;%pretrans(lab-pretrans-fails-2.0-1.noarch)&quot;]:1: not today\n"))
                .containsExactly("pretrans script of lab-pretrans-fails-2.0-1.noarch");
        assertThat(ZypperXml.failedScripts("done\n")).isEmpty();
    }

    @Test
    void findsTheReasonOfAnError() {
        assertThat(ZypperXml.errors("""
                <message type="info">&apos;lab-no-downgrade=3.0-1&apos; not found in package names. Trying capabilities.</message>
                <message type="error">No provider of &apos;lab-no-downgrade=3.0-1&apos; found.</message>
                """)).isEqualTo("No provider of 'lab-no-downgrade=3.0-1' found.");
        assertThat(ZypperXml.errors("""
                <prompt id="1">
                <description>Problem: conflicting requests
                 Solution 1: Following actions will be done:
                  remove lock to allow installation of lab-needs-2.0-1.noarch[lab]
                </description>
                <text>Choose from above solutions by number or cancel</text>
                """)).startsWith("Problem: conflicting requests; Solution 1: ");
    }
}
