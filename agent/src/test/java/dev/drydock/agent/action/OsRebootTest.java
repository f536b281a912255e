package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.host.Boot;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.packages.FakePackageManager;
import dev.drydock.agent.testing.FakeFacts;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsRebootTest {
    @TempDir
    Path root;

    @TempDir
    Path workDir;

    private final FakeFacts facts = new FakeFacts();
    private final FakeServices services = new FakeServices();
    private final HeldManager manager = new HeldManager();
    private final FakeBoot boot = new FakeBoot();
    private Action reboot;

    private static final class HeldManager extends FakePackageManager {
        private String holder = "";

        @Override
        public void settle(Job job) throws HostException {
            if (!holder.isEmpty()) {
                throw HostException.retryable("the package manager's lock is held by " + holder);
            }
        }
    }

    private static final class FakeBoot implements Boot {
        private final Deque<String> states = new ArrayDeque<>();
        private int boots;
        private int asked;

        @Override
        public String id() {
            return "boot-" + boots;
        }

        @Override
        public String state(Job job) {
            return states.size() > 1 ? states.pop() : states.getFirst();
        }

        @Override
        public void reboot(Job job) {
            asked++;
            boots++;
        }
    }

    @BeforeEach
    void start() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        ManagedHost host = new ManagedHost(files, new LocalCommands(files), services, Optional.of(manager));
        reboot = new OsReboot(host, Optional.of(boot), facts, duration -> {});
        boot.states.add("running");
        facts.set(Host.newBuilder()
                .setKernel("6.1")
                .setReboot(RebootRequired.getDefaultInstance())
                .build());
    }

    @Test
    void isSkippedWhereNoneIsRequired() throws Exception {
        Plan plan = reboot.plan(context("required"));

        assertThat(plan.nothingToDo()).isTrue();
        assertThat(plan.idle()).isEqualTo("no reboot is required");
    }

    @Test
    void thePlanSaysByWhomItIsRequired() throws Exception {
        required("libc6", "linux-image-6.2");

        assertThat(reboot.plan(context("required")).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.getTo()).isEqualTo("required by libc6, linux-image-6.2"));
    }

    @Test
    void isDoneInAnyCaseWhereThePlaybookSaysSo() throws Exception {
        assertThat(reboot.plan(context("always")).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.getTo()).isEqualTo("the playbook always wants it"));
    }

    @Test
    void whatCannotBeToldIsNotTakenForNo() {
        facts.set(Host.newBuilder().setKernel("6.1").build());

        assertThatThrownBy(() -> reboot.plan(context("required"))).hasMessageContaining("cannot be told");
    }

    @Test
    void aSystemThatCannotBeRebootedIsRefused() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        ManagedHost host = new ManagedHost(files, new LocalCommands(files), services, Optional.of(manager));
        Action none = new OsReboot(host, Optional.empty(), facts, duration -> {});

        assertThatThrownBy(() -> none.plan(context("always"))).hasMessageContaining("it lies in a root directory");
    }

    @Test
    void isNotAskedForWhilePackagesAreHalfConfigured() throws Exception {
        Struct prepared = prepared();
        manager.broken = List.of("libc6: half-configured");

        assertThatThrownBy(() -> reboot.apply(context("always"), prepared))
                .isInstanceOf(ActionException.class)
                .hasMessageContaining("libc6: half-configured");
        assertThat(boot.asked).isZero();
    }

    @Test
    void isNotAskedForWhileThePackageManagerIsHeld() throws Exception {
        Struct prepared = prepared();
        manager.holder = "pid 4711";

        assertThatThrownBy(() -> reboot.apply(context("always"), prepared)).hasMessageContaining("pid 4711");
        assertThat(boot.asked).isZero();
    }

    @Test
    void isProvenByAnotherBootThatCameUp() throws Exception {
        services.failed = List.of("old.service");
        Struct prepared = prepared();
        assertThatThrownBy(() -> reboot.verify(context("always"), prepared, false))
                .hasMessageContaining("has not been booted anew");

        reboot.apply(context("always"), prepared);
        boot.states.addFirst("starting");
        boot.states.addLast("degraded");
        reboot.verify(context("always"), prepared, false);

        assertThat(boot.asked).isEqualTo(1);
    }

    @Test
    void aUnitThatFailedOnlySinceIsTold() throws Exception {
        services.failed = List.of("old.service");
        Struct prepared = prepared();
        reboot.apply(context("always"), prepared);
        services.failed = List.of("db.service", "old.service");

        assertThatThrownBy(() -> reboot.verify(context("always"), prepared, false))
                .hasMessageContaining("[db.service]");
    }

    @Test
    void aSystemThatDoesNotGetBeyondStartingIsNotUp() throws Exception {
        Struct prepared = prepared();
        reboot.apply(context("always"), prepared);
        boot.states.clear();
        boot.states.add("starting");
        StepContext little = new TestStep(workDir, Duration.ofSeconds(3)).with(Map.of("when", "always"));

        assertThatThrownBy(() -> reboot.verify(little, prepared, false)).hasMessageContaining("still starting");
    }

    @Test
    void aSystemInItsRescueShellIsNotUp() throws Exception {
        Struct prepared = prepared();
        reboot.apply(context("always"), prepared);
        boot.states.clear();
        boot.states.add("maintenance");

        assertThatThrownBy(() -> reboot.verify(context("always"), prepared, false))
                .hasMessageContaining("the system is maintenance");
    }

    @Test
    void theWayBackSaysWhenTheRunningKernelIsGone() throws Exception {
        Files.createDirectories(root.resolve("boot"));
        Files.writeString(root.resolve("boot/vmlinuz-6.1"), "");
        Struct prepared = prepared();
        assertThat(reboot.verifyRollback(context("always"), prepared))
                .containsExactly("a reboot changes nothing on disk");

        facts.set(Host.newBuilder().setKernel("6.2").build());
        reboot.rollback(context("always"), prepared);

        assertThat(reboot.verifyRollback(context("always"), prepared))
                .contains("A REBOOT IS REQUIRED STILL: the running kernel 6.2 was taken back, 6.1 is installed");
    }

    private Struct prepared() throws Exception {
        return reboot.prepare(context("always"), reboot.plan(context("always")));
    }

    private void required(String... by) {
        facts.set(Host.newBuilder()
                .setReboot(RebootRequired.newBuilder().setRequired(true).addAllBy(List.of(by)))
                .build());
    }

    private StepContext context(String when) {
        return new TestStep(workDir).with(Map.of("when", when));
    }
}
