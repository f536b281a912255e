package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.proto.agent.v1.Change;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code os.packages} on rpm: changes that were cut off, by others and by us. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"dnf", "zypper"})
class RpmCutOffIT extends RpmLab {
    RpmCutOffIT(String manager) {
        super(manager);
    }

    @Test
    void aChangeOfOthersThatWasCutOffIsRefusedOrMendedFirst() throws Exception {
        Process other = root.start(
                manager.equals("dnf")
                        ? new String[] {"dnf", "-C", "-q", "-y", "upgrade", "lab-slow"}
                        : new String[] {"zypper", "--non-interactive", "update", "lab-slow"});
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(root.file("/run/lab-slow")));
        root.killAll();
        other.onExit().join();

        assertThat(packages().audit(quiet()))
                .anyMatch(line -> line.contains("lab-slow is there twice: 1.0-1 and 2.0-1"));
        assertThatThrownBy(() -> step(Map.of("update", "security")).plan())
                .hasMessageContaining("packages are broken before the change")
                .hasMessageContaining("lab-slow");

        Step step = step(Map.of("update", "security", "repair", true));
        assertThat(step.plan().changes()).extracting(Change::getKind).startsWith("repair");
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(list())
                .contains("lab-slow-2.0-1", "lab-security-2.0-1")
                .doesNotContain("lab-slow-1.0-1", "lab-security-1.0-1");
        List<String> evidence = step.rollBack(prepared);
        assertThat(list())
                .as("what is mended stays")
                .contains("lab-slow-2.0-1", "lab-security-1.0-1")
                .doesNotContain("lab-slow-1.0-1");
        assertThat(packages().audit(quiet())).isEmpty();
        assertThat(evidence).anyMatch(line -> line.contains("mended before the update, which stays so: lab-slow"));
    }

    @Test
    void aPowerCutInTheChangeEndsWithTheOldState() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-slow", "lab-needs")));
        Struct prepared = step.prepare();
        Process agent = step.inAnotherProcess("apply", prepared);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(root.file("/run/lab-slow")) || !agent.isAlive());
        assertThat(agent.isAlive()).as("the agent is in the middle of it").isTrue();
        agent.destroyForcibly().onExit().join();
        root.killAll();
        // As rpm leaves a file that it was killed in the middle of.
        Files.writeString(root.file("/usr/share/lab-slow/version;0123abcd"), "2.");

        assertThatThrownBy(() -> step.verify(prepared, true)).isInstanceOf(ActionException.class);
        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void filesThatWereMixedByACutOffAreAllPutBackThoughTheDatabaseKnowsNothing() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-ok", "lab-needs")));
        Struct prepared = step.prepare();
        // Begun, and cut off before rpm wrote anything to its database but after it wrote files.
        Files.writeString(root.file("/var/lib/drydock-unfinished-packages"), """
                lab-dependency:noarch new → 2.0-1
                lab-needs:noarch 1.0-1 → 2.0-1
                lab-ok:noarch 1.0-1 → 2.0-1
                absent /usr/share/lab-dependency
                absent /usr/share/lab-dependency/version
                """);
        Files.writeString(root.file("/usr/share/lab-ok/version"), "2.0\n");
        Files.createDirectory(root.file("/usr/share/lab-dependency"));
        Files.writeString(root.file("/usr/share/lab-dependency/version"), "2.0\n");

        assertThat(packages().audit(quiet())).anyMatch(line -> line.contains("was cut off"));
        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void aPowerCutOnTheWayBackEndsWithTheOldState() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-slow", "lab-needs")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        Files.writeString(root.file("/run/lab-slow-back-too"), "");

        Process agent = step.inAnotherProcess("rollback", prepared);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(root.file("/run/lab-slow-back")) || !agent.isAlive());
        assertThat(agent.isAlive()).as("the agent is in the middle of it").isTrue();
        agent.destroyForcibly().onExit().join();
        root.killAll();
        assertThat(list()).as("half way").isNotEqualTo(listed);

        step.rollBack(prepared);
        assertThat(step.output()).contains("Putting back").doesNotContain("by " + manager + ",");
        requireAsBefore();
    }

    @Test
    void aScriptThatHangsIsEndedAndItsPackageGoesBack() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-hangs", "lab-ok")));
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared, Duration.ofSeconds(20)))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("did not end in time")
                .hasMessageContaining("lab-hangs");
        assertThat(root.sh("cat /proc/[0-9]*/cmdline | tr '\\0' ' '")).doesNotContain("sleep 3600");

        step.rollBack(prepared, Duration.ofMinutes(1));
        requireAsBefore();
    }

    @Test
    void aScriptThatHangsOnTheWayBackIsLeftOut() throws Exception {
        Files.writeString(root.file("/run/lab-hangs-back-only"), "");
        Step step = step(Map.of("packages", List.of("lab-hangs")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);

        step.rollBack(prepared, Duration.ofMinutes(1));
        assertThat(step.output())
                .contains("Putting back 1 packages by " + manager, "did not end in time")
                .contains("by rpm without any script");
        requireAsBefore();
    }
}
