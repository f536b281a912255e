package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageFile;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code os.packages} on rpm: what is changed, and that it goes back to the byte. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"dnf", "zypper"})
class RpmPackagesIT extends RpmLab {
    private static final String KEPT = "/etc/lab-kept.conf";
    private static final String REPLACED = "/etc/lab-replaced.conf";

    RpmPackagesIT(String manager) {
        super(manager);
    }

    @Test
    void securityUpdatesAloneAreAppliedAndGoBackByteForByte() throws Exception {
        assertThat(packages().name()).isEqualTo(manager);
        assertThat(packages().pending(quiet()))
                .filteredOn(PackageChange::security)
                .extracting(c -> c.id().name() + " " + c.from() + " " + c.to() + " " + c.origin())
                .containsExactly("lab-security 1.0-1 2.0-1 lab");
        Step step = step(Map.of("update", "security"));
        Plan plan = step.plan();
        assertThat(plan.changes()).extracting(Change::getName).containsExactly("lab-security");
        Struct prepared = step.prepare();
        assertThat(list()).as("preparing changes nothing").isEqualTo(listed);
        assertThat(inventory()).as("preparing leaves nothing behind").isEqualTo(files);
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(list()).contains("lab-security-2.0-1.noarch").contains("lab-ok-1.0-1.noarch");
        assertThat(step.plan().nothingToDo()).isTrue();

        List<String> evidence = step.rollBack(prepared);
        requireAsBefore();
        assertThat(evidence).anyMatch(line -> line.contains("byte for byte as before (SHA-256"));
    }

    @Test
    void aNamedUpdateBringsWhatItNeedsAndTakesItAwayAgain() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-needs")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(list()).contains("lab-needs-2.0-1.noarch", "lab-dependency-2.0-1.noarch");

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void whatLiesReadyIsTakenOnlyWhereItIsWhatTheRepositoryHas() throws Exception {
        List<PackageChange> changes = packages().pending(quiet()).stream()
                .filter(change -> change.id().name().equals("lab-ok"))
                .toList();
        Path newDir = Files.createDirectory(workDir.resolve("ahead"));
        Path oldDir = Files.createDirectory(workDir.resolve("ahead-old"));
        List<PackageFile> fresh = packages().fetch(changes, newDir, quiet());
        List<PackageFile> old = packages().fetchInstalled(changes, oldDir, quiet());
        assertThat(fresh).hasSize(1);
        assertThat(old).hasSize(1);
        assertThat(packages().fetch(changes, newDir, quiet())).isEqualTo(fresh);
        assertThat(packages().keep(changes, oldDir, quiet())).isEqualTo(old);

        damage(newDir.resolve(fresh.getFirst().file()));
        damage(oldDir.resolve(old.getFirst().file()));
        assertThat(packages().fetch(changes, newDir, quiet())).isEqualTo(fresh);
        assertThat(packages().keep(changes, oldDir, quiet())).isEqualTo(old);
        requireAsBefore();
    }

    /** The last byte is another: of the right size, and its header says what it should. */
    private static void damage(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
    }

    @Test
    void anOlderVersionCanBeWantedByName() throws Exception {
        Step up = step(Map.of("packages", List.of("lab-ok=2.0")));
        Struct there = up.prepare();
        up.apply(there);
        up.verify(there, false);
        Step down = new Step(
                root.path(),
                Files.createDirectory(workDir.resolve("down")),
                "os.packages",
                Map.of("packages", List.of("lab-ok=1.0-1")));
        Struct prepared = down.prepare();
        down.apply(prepared);
        down.verify(prepared, false);
        requireAsBefore();
        down.rollBack(prepared);
        assertThat(list()).contains("lab-ok-2.0-1.noarch");
        up.rollBack(there);
        requireAsBefore();
    }

    /** rpm itself takes a failing script after the installation for a warning and goes on. */
    @Test
    void aFailingScriptAfterInstallationIsNoWarningAndIsRolledBack() throws Exception {
        Step step = failsAndGoesBack("lab-post-fails", List.of("lab-post-fails-2.0-1.noarch"), "lab-ok");
        assertThat(step.output()).contains("the database of 2.0 cannot be migrated");
    }

    @Test
    void aFailingScriptBeforeInstallationIsRolledBack() throws Exception {
        // dnf goes on with the others, zypper does not.
        List<String> halfWay = manager.equals("dnf")
                ? List.of("lab-pre-fails-1.0-1.noarch", "lab-dependency-2.0-1.noarch")
                : List.of("lab-pre-fails-1.0-1.noarch");
        failsAndGoesBack("lab-pre-fails", halfWay, "lab-needs");
    }

    @Test
    void aScriptThatEndsTheWholeTransactionIsRolledBack() throws Exception {
        failsAndGoesBack("lab-pretrans-fails", List.of("lab-pretrans-fails-1.0-1.noarch"));
    }

    /** @param halfWay what is there between the failure and the way back */
    private Step failsAndGoesBack(String failing, List<String> halfWay, String... others) throws Exception {
        List<String> wanted = new ArrayList<>(List.of(failing));
        wanted.addAll(List.of(others));
        Step step = step(Map.of("packages", wanted));
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining(failing);
        assertThat(list()).contains(halfWay);
        step.rollBack(prepared);
        requireAsBefore();
        return step;
    }

    @Test
    void aPackageThatRefusesToBeDowngradedGoesBackAllTheSame() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-no-downgrade")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);

        step.rollBack(prepared);
        assertThat(step.output()).contains("refusing", "by rpm without any script");
        requireAsBefore();
    }

    @Test
    void changedConfigurationFilesAreKept() throws Exception {
        updatesChangedConfigurationFiles("keep", file -> {
            assertThat(file).hasContent("colour = red\n");
            assertThat(beside(file, ".rpmnew")).content().contains("green");
            assertThat(beside(file, ".rpmsave")).doesNotExist();
        });
    }

    @Test
    void changedConfigurationFilesAreReplacedAndPutBack() throws Exception {
        updatesChangedConfigurationFiles("replace", file -> {
            assertThat(file).content().contains("green");
            assertThat(beside(file, ".rpmsave")).hasContent("colour = red\n");
            assertThat(beside(file, ".rpmnew")).doesNotExist();
        });
    }

    private void updatesChangedConfigurationFiles(String policy, Consumer<Path> afterwards) throws Exception {
        List<Path> configuration = List.of(root.file(KEPT), root.file(REPLACED));
        for (Path file : configuration) {
            Files.writeString(file, "colour = red\n");
        }
        files = inventory();
        Step step = step(Map.of("packages", List.of("lab-conffile"), "configFiles", policy));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        configuration.forEach(afterwards);

        step.rollBack(prepared);
        requireAsBefore();
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Test
    void oneThatIsThereInSeveralVersionsGetsOneMoreAndLosesItAgain() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-kernel=2.0-1")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        assertThat(list()).contains("lab-kernel-1.0-1.noarch", "lab-kernel-2.0-1.noarch");
        assertThat(packages().audit(quiet())).isEmpty();

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void anOldPackageInTheToolsCacheIsKeptFromThere() throws Exception {
        String cache =
                manager.equals("dnf") ? "/var/cache/dnf/lab-0123456789abcdef/packages" : "/var/cache/zypp/packages/lab";
        root.sh("mkdir -p " + cache + " && mv /srv/lab-rpm/lab-ok-1.0-1.noarch.rpm " + cache
                + " && createrepo_c --quiet /srv/lab-rpm");
        Step step = step(Map.of("packages", List.of("lab-ok")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        step.rollBack(prepared);
        assertThat(list()).isEqualTo(listed);
    }
}
