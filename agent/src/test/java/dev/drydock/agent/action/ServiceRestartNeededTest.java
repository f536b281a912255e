package dev.drydock.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import dev.drydock.agent.action.Action.Plan;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.LocalCommands;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.outdated.OutdatedProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which services are restarted, and in which order, by a {@code /proc} of the test's own. */
class ServiceRestartNeededTest {
    @TempDir
    Path proc;

    @TempDir
    Path workDir;

    private final FakeServices services = new FakeServices()
            .with("app.service", true)
            .with("db.service", true)
            .with("web.service", true)
            .with("once.service", false);

    @BeforeEach
    void run() throws IOException {
        process("self", "system.slice/drydock-agent.service", "");
        process("1", "init.scope", "/usr/lib/systemd/systemd (deleted)");
        process("10", "system.slice/app.service", "/usr/lib/libssl.so.3 (deleted)");
        process("11", "system.slice/web.service", "/usr/lib/libssl.so.3 (deleted)");
        process("12", "system.slice/db.service", "/usr/lib/libssl.so.3 (deleted)");
        process("13", "system.slice/once.service", "/usr/lib/libssl.so.3 (deleted)");
        process("14", "system.slice/current.service", "/usr/lib/libssl.so.3");
        services.manager = "systemd";
        services.after = Map.of("app.service", Set.of("db.service"), "web.service", Set.of("app.service"));
    }

    @Test
    void restartsWhatRunsReplacedCodeInTheOrderOfItsDependencies() throws Exception {
        TestStep step = new TestStep(workDir);
        StepContext context = step.with(Map.of());
        Plan plan = action().plan(context);
        assertThat(plan.changes()).extracting("name").containsExactly("db.service", "app.service", "web.service");
        assertThat(step.output())
                .contains("only a reboot renews them: systemd (PID 1)")
                .contains("no active service: once.service");

        Struct prepared = action().prepare(context, plan);
        action().apply(context, prepared);
        assertThat(services.done).containsExactly("restart db.service", "restart app.service", "restart web.service");
        assertThatThrownBy(() -> action().verify(context, prepared, false))
                .hasMessageContaining("replaced code even after their restart: [app.service, db.service, web.service]");
        for (String pid : List.of("10", "11", "12")) {
            map(pid, "/usr/lib/libssl.so.3");
        }
        action().verify(context, prepared, false);

        action().rollback(context, prepared);
        assertThat(action().verifyRollback(context, prepared)).contains("service db.service is active, as before");
    }

    @Test
    void whatIsExcludedIsLeftAlone() throws Exception {
        assertThat(action().plan(new TestStep(workDir).with(Map.of("exclude", List.of("db", "w*.service"))))
                        .changes())
                .extracting("name")
                .containsExactly("app.service");
    }

    @Test
    void nothingToRestartIsNothingToDo() throws Exception {
        for (String pid : List.of("1", "10", "11", "12", "13")) {
            map(pid, "/usr/lib/libssl.so.3");
        }
        assertThat(action().plan(new TestStep(workDir).with(Map.of())).nothingToDo())
                .isTrue();
    }

    @Test
    void processesOfContainersAreNotThisSystems() throws Exception {
        Path ns = proc.resolve("12/ns/pid");
        Files.delete(ns);
        Files.createSymbolicLink(ns, Path.of("pid:[2]"));
        assertThat(action().plan(new TestStep(workDir).with(Map.of())).changes())
                .extracting("name")
                .doesNotContain("db.service");
    }

    @Test
    void aRootDirectoryHasNoProcesses() throws Exception {
        TestStep step = new TestStep(workDir);
        assertThat(action(new HostFiles(workDir)).plan(step.with(Map.of())).nothingToDo())
                .isTrue();
        assertThat(step.output()).contains("Not applicable in a root directory");
    }

    private Action action() {
        return action(new HostFiles(Path.of("/")));
    }

    private Action action(HostFiles files) {
        ManagedHost host = new ManagedHost(files, new LocalCommands(files), services, Optional.empty());
        return new ServiceRestartNeeded(host, new OutdatedProcesses(host, proc), d -> {});
    }

    private void process(String pid, String cgroup, String mapped) throws IOException {
        Files.createDirectories(proc.resolve(pid + "/ns"));
        Files.createSymbolicLink(proc.resolve(pid + "/ns/pid"), Path.of("pid:[1]"));
        Files.writeString(proc.resolve(pid + "/cgroup"), "0::/" + cgroup + "\n");
        map(pid, mapped);
    }

    private void map(String pid, String file) throws IOException {
        Files.writeString(
                proc.resolve(pid + "/maps"), "7f0a40020000-7f0a40080000 r-xp 00020000 fd:01 1312    " + file + "\n");
    }
}
