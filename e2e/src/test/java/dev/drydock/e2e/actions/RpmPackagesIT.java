package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.action.ActionException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.PackageChange;
import dev.drydock.agent.host.packages.PackageManager;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabRoot;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code os.packages} with real dnf, zypper and rpm (Debian's builds of them) and a repository of the lab's own. */
@ExtendWith(LabExtension.class)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"dnf", "zypper"})
class RpmPackagesIT {
    private static final String KEPT = "/etc/lab-kept.conf";
    private static final String REPLACED = "/etc/lab-replaced.conf";
    /** A record lock as rpm takes it, until standard input ends. */
    private static final String HOLD_THE_LOCK = """
            use Fcntl; open F, '+<', '/var/lib/rpm/.rpm.lock' or die;
            my $lock = pack('s s x4 l! l! i x4', F_WRLCK, 0, 0, 0, 0);
            fcntl(F, F_SETLK, $lock) or die;
            $| = 1; print 'h'; <STDIN>
            """;

    private final String manager;

    @TempDir
    Path directory;

    @TempDir
    Path workDir;

    private LabRoot root;
    private String listed = "";
    private Set<String> files = Set.of();

    RpmPackagesIT(String manager) {
        this.manager = manager;
    }

    @BeforeEach
    void unpack() {
        root = LabRoot.unpackRpm(directory, manager);
        listed = list();
        files = inventory();
    }

    @AfterEach
    void remove() {
        root.close();
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

    @Test
    void aFailingScriptAfterInstallationIsNoWarningAndIsRolledBack() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-post-fails", "lab-ok")));
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-post-fails");
        assertThat(step.output()).contains("the database of 2.0 cannot be migrated");
        assertThat(list()).as("rpm itself goes on").contains("lab-post-fails-2.0-1.noarch");

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void aFailingScriptBeforeInstallationIsRolledBack() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-pre-fails", "lab-needs")));
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-pre-fails");
        assertThat(list()).contains("lab-pre-fails-1.0-1.noarch");
        if (manager.equals("dnf")) {
            assertThat(list()).as("it goes on with the others").contains("lab-dependency-2.0-1.noarch");
        }

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void aScriptThatEndsTheWholeTransactionIsRolledBack() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-pretrans-fails")));
        Struct prepared = step.prepare();
        assertThatThrownBy(() -> step.apply(prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-pretrans-fails");

        step.rollBack(prepared);
        requireAsBefore();
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
        Files.writeString(root.file(KEPT), "colour = red\n");
        Files.writeString(root.file(REPLACED), "colour = red\n");
        files = inventory();
        Step step = step(Map.of("packages", List.of("lab-conffile")));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        for (String path : List.of(KEPT, REPLACED)) {
            assertThat(root.file(path)).hasContent("colour = red\n");
            assertThat(root.file(path + ".rpmnew")).content().contains("green");
            assertThat(root.file(path + ".rpmsave")).doesNotExist();
        }

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void changedConfigurationFilesAreReplacedAndPutBack() throws Exception {
        Files.writeString(root.file(KEPT), "colour = red\n");
        Files.writeString(root.file(REPLACED), "colour = red\n");
        files = inventory();
        Step step = step(Map.of("packages", List.of("lab-conffile"), "configFiles", "replace"));
        Struct prepared = step.prepare();
        step.apply(prepared);
        step.verify(prepared, false);
        for (String path : List.of(KEPT, REPLACED)) {
            assertThat(root.file(path)).content().contains("green");
            assertThat(root.file(path + ".rpmsave")).hasContent("colour = red\n");
            assertThat(root.file(path + ".rpmnew")).doesNotExist();
        }

        step.rollBack(prepared);
        requireAsBefore();
    }

    @Test
    void whatIsHeldOrExcludedIsLeftAlone() throws Exception {
        hold("lab-ok");
        Step all = step(Map.of("update", "all", "exclude", List.of("lab-p*", "lab-slow")));
        assertThat(all.plan().changes())
                .extracting(Change::getName)
                .contains("lab-security", "lab-needs", "lab-dependency")
                .doesNotContain("lab-ok", "lab-post-fails", "lab-pre-fails", "lab-slow");
        assertThat(all.output()).contains("Left alone").contains("lab-ok");
        assertThatThrownBy(() -> step(Map.of("packages", List.of("lab-ok"))).plan())
                .hasMessageContaining("package lab-ok is on hold");
        assertThat(packages().pending(quiet()))
                .extracting(c -> c.id().name())
                .as("what is held is still pending")
                .contains("lab-ok");
    }

    @Test
    void anExcludedPackageThatOthersNeedIsRefused() {
        assertThatThrownBy(() -> step(Map.of("packages", List.of("lab-needs"), "exclude", List.of("lab-dep*")))
                        .plan())
                .hasMessageContaining("package lab-dependency is excluded, but the others need it");
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
    void oneThatIsThereInSeveralVersionsIsNotReplacedWhereTheToolIsSetUpToDoSo() throws Exception {
        root.sh(
                manager.equals("dnf")
                        ? "echo installonlypkgs=,nothing >> /etc/dnf/dnf.conf"
                        : "rm /etc/zypp/zypp.conf");
        assertThatThrownBy(() ->
                        step(Map.of("packages", List.of("lab-kernel=2.0-1"))).plan())
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("would replace it");
    }

    @Test
    void whatNoRepositoryHasIsRefusedBeforeAnyChange() {
        assertThatThrownBy(
                        () -> step(Map.of("packages", List.of("lab-nothing"))).plan())
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-nothing");
    }

    @Test
    void anOldPackageThatNoRepositoryHasAnyMoreIsNoWayBack() throws Exception {
        root.sh("rm /srv/lab-rpm/lab-ok-1.0-1.noarch.rpm && createrepo_c --quiet /srv/lab-rpm");
        Step step = step(Map.of("packages", List.of("lab-ok", "lab-needs")));
        assertThatThrownBy(step::prepare)
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("lab-ok-1.0-1.noarch")
                .hasMessageContaining("no exact way back")
                .message()
                .doesNotContain("lab-needs");
        assertThat(list()).isEqualTo(listed);
        assertThat(packages().audit(quiet())).isEmpty();
    }

    @Test
    void oneOfTheSameVersionThatWasBuiltAnewIsNotTheOldPackage() throws Exception {
        root.sh("cd /srv/lab-rpm && sed 's/nothing special/built anew/' > /tmp/anew.spec <<'EOF'\n"
                + Files.readString(Path.of("lab/rpm/specs/lab-ok.spec"))
                + "\nEOF\nrpmbuild -bb --quiet --define 'v 1.0' --define '_topdir /tmp/b' --define '_rpmdir /srv/lab-rpm'"
                + " --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' /tmp/anew.spec"
                + " && createrepo_c --quiet /srv/lab-rpm");
        assertThatThrownBy(() -> step(Map.of("packages", List.of("lab-ok=2.0"))).prepare())
                .hasMessageContaining("no exact way back");
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

    @Test
    void aRepositoryThatDoesNotAnswerIsARetryableFailure() throws Exception {
        String repositories = manager.equals("dnf") ? "/etc/yum.repos.d/" : "/etc/zypp/repos.d/";
        Files.writeString(
                root.file(repositories + "silent.repo"),
                "[silent]\nname=silent\nbaseurl=http://127.0.0.1:9/\nenabled=1\ngpgcheck=0\n"
                        + (manager.equals("dnf") ? "skip_if_unavailable=True\n" : ""));
        assertThatThrownBy(() -> step(Map.of("update", "all")).plan())
                .isInstanceOfSatisfying(
                        ActionException.class, e -> assertThat(e.retryable()).isTrue());
        assertThat(list()).isEqualTo(listed);
    }

    @Test
    void aLockThatOthersHoldIsWaitedForAndItsHolderNamed() throws Exception {
        Step step = step(Map.of("packages", List.of("lab-ok"), "lockTimeout", "3s"));
        Struct prepared = step.prepare();
        Process holder = root.start("perl", "-e", HOLD_THE_LOCK);
        assertThat(holder.getInputStream().read()).isEqualTo('h');
        assertThatThrownBy(() -> step.apply(prepared)).isInstanceOfSatisfying(ActionException.class, e -> {
            assertThat(e.retryable()).isTrue();
            assertThat(e).hasMessageContaining("is held by process " + holder.pid() + " (perl)");
        });
        holder.getOutputStream().close();
        holder.onExit().join();
        step.apply(prepared);
        step.verify(prepared, false);
    }

    @Test
    void aChangeOfOthersThatWasCutOffIsReportedAndRefused() throws Exception {
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
        packages().repair(quiet());
        assertThat(packages().audit(quiet())).isEmpty();
        assertThat(list()).contains("lab-slow-2.0-1").doesNotContain("lab-slow-1.0-1");
        assertThat(step(Map.of("update", "security")).plan().nothingToDo()).isFalse();
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

    /** As the one whose job it is would do it by hand. */
    private void hold(String name) {
        root.sh(
                manager.equals("dnf")
                        ? "echo excludepkgs=" + name + " >> /etc/dnf/dnf.conf"
                        : "zypper --non-interactive addlock " + name);
    }

    /** Exact packages by the checksums of their headers, and every file of the system. */
    private void requireAsBefore() throws Exception {
        assertThat(list()).isEqualTo(listed);
        assertThat(difference(files, inventory())).isEmpty();
        assertThat(packages().audit(quiet())).isEmpty();
        assertThat(root.file("/var/lib/drydock-unfinished-packages")).doesNotExist();
        assertThat(root.sh("ls /var/cache")).doesNotContain("drydock");
    }

    private String list() {
        return root.sh("rpm -qa --qf '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH} %{SHA256HEADER}\\n' | sort");
    }

    private Set<String> inventory() {
        return root.inventory("/usr/share", "/usr/bin", "/etc");
    }

    private PackageManager packages() throws IOException {
        return ManagedHost.open(root.path()).packages().orElseThrow();
    }

    private static Job quiet() {
        return Job.quiet(Duration.ofMinutes(2));
    }

    private static Set<String> difference(Set<String> before, Set<String> now) {
        Set<String> difference = new TreeSet<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> difference.add("- " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> difference.add("+ " + line));
        return difference;
    }

    private Step step(Map<String, Object> args) {
        return new Step(root.path(), workDir, "os.packages", new HashMap<>(args));
    }
}
