package dev.drydock.e2e.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.ActionException;
import dev.drydock.proto.agent.v1.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code os.packages} on rpm: what is left alone, waited for, or refused before any change. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"dnf", "zypper"})
class RpmRefusalsIT extends RpmLab {
    RpmRefusalsIT(String manager) {
        super(manager);
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
        HeldLock lock = HeldLock.of(root, "/var/lib/rpm/.rpm.lock");
        lock.requireStops(() -> step.apply(prepared));
        lock.release();
        step.apply(prepared);
        step.verify(prepared, false);
    }

    /** As the one whose job it is would do it by hand. */
    private void hold(String name) {
        root.sh(
                manager.equals("dnf")
                        ? "echo excludepkgs=" + name + " >> /etc/dnf/dnf.conf"
                        : "zypper --non-interactive addlock " + name);
    }
}
