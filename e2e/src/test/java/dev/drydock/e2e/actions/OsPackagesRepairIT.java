package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.e2e.lab.WithRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code os.packages} with {@code repair: true} where dpkg was killed half way or a package cannot be configured. */
@WithRoot
class OsPackagesRepairIT {
    @TempDir
    Path workDir;

    private LabRoot root;

    @BeforeEach
    void unpack(LabRoot unpacked) {
        root = unpacked;
        root.install("lab-slow=1.0", "lab-ok=1.0", "lab-postinst-fails=1.0");
    }

    @Test
    void whatDpkgWasKilledInTheMiddleOfIsMendedAndTheUpdateGoesBackToThat() throws Exception {
        cutOffSlow();
        assertThatThrownBy(() -> step(false).plan())
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-slow")
                .hasMessageContaining("repair: true");

        Step step = step(true);
        assertThat(step.plan().changes())
                .extracting(c -> c.getKind() + " " + c.getName())
                .contains("repair lab-slow", "package lab-ok");
        String broken = root.dpkgList();
        Struct prepared = step.prepare();
        assertThat(root.dpkgList()).as("preparing mends nothing").isEqualTo(broken);
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(state("lab-slow")).isEqualTo("ii 2.0");
        assertThat(state("lab-ok")).isEqualTo("ii 2.0");

        List<String> evidence = step.rollBack(prepared);
        assertThat(state("lab-ok")).isEqualTo("ii 1.0");
        assertThat(state("lab-slow")).as("what is mended stays").isEqualTo("ii 2.0");
        assertThat(root.sh("dpkg --audit")).isEmpty();
        assertThat(evidence)
                .anyMatch(line -> line.contains("byte for byte as before (SHA-256"))
                .anyMatch(line -> line.startsWith("found broken and mended before the update, which stays so"));
    }

    @Test
    void whatWasCutOffWhileItWasUnpackedIsInstalledAgainInItsVersion() throws Exception {
        // As dpkg leaves it: some files are there, others are not.
        root.sh("sed -i '/^Package: lab-postinst-fails$/,/^$/s/^Status: .*/Status: install reinstreq half-installed/'"
                + " /var/lib/dpkg/status && rm /usr/share/lab-postinst-fails/version");
        assertThat(state("lab-postinst-fails")).isEqualTo("iHR1.0");
        Step step = step(true);
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(state("lab-postinst-fails")).isEqualTo("ii 1.0");
        assertThat(root.file("/usr/share/lab-postinst-fails/version")).hasContent("1.0");
        assertThat(state("lab-ok")).isEqualTo("ii 2.0");
    }

    @Test
    void whatCannotBeMendedIsNamedAndNothingIsUpdated() throws Exception {
        root.sh("apt-get install -y -qq lab-postinst-fails=2.0 || true");
        String broken = root.dpkgList();
        assertThat(broken).contains("iF  lab-postinst-fails");
        Step step = step(true);
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("could not be mended, and nothing was updated: lab-postinst-fails")
                .hasMessageContaining("still not in order are [lab-postinst-fails]");
        assertThat(root.dpkgList()).isEqualTo(broken);

        List<String> evidence = step.rollBack(prepared);
        assertThat(root.dpkgList()).isEqualTo(broken);
        assertThat(evidence).contains("still broken, as they were found: lab-postinst-fails");
    }

    @Test
    void anAgentThatIsKilledWhileItMendsGoesOnMendingOnTheWayBackAndUpdatesNothing() throws Exception {
        cutOffSlow();
        Step step = step(true);
        Struct prepared = step.prepare();
        Process agent = step.inAnotherProcess("apply", prepared);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> root.runs("lab-slow.postinst") || !agent.isAlive());
        assertThat(agent.isAlive()).as("the agent is in the middle of it").isTrue();
        agent.destroyForcibly().onExit().join();
        root.killAll();

        assertThatThrownBy(() -> step.verify(prepared, true)).hasMessageContaining("before the update was begun");
        List<String> evidence = step.rollBack(prepared);
        assertThat(evidence).anyMatch(line -> line.startsWith("nothing was updated"));
        assertThat(state("lab-ok")).isEqualTo("ii 1.0");
        assertThat(Files.exists(root.file("/usr/sbin/policy-rc.d"))).isFalse();
    }

    /** As a power cut leaves it: unpacked, not configured. */
    private void cutOffSlow() {
        Process other = root.start("apt-get", "install", "-y", "-qq", "lab-slow=2.0");
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> root.runs("lab-slow.postinst"));
        root.killAll();
        other.onExit().join();
        assertThat(state("lab-slow")).isEqualTo("iF 2.0");
    }

    private String state(String name) {
        return root.sh("dpkg-query -W -f '${db:Status-Abbrev}${Version}' " + name);
    }

    private Step step(boolean repair) {
        return new Step(
                root.path(),
                workDir,
                "os.packages",
                new HashMap<>(Map.of("packages", List.of("lab-ok"), "repair", repair)));
    }
}
