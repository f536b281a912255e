package dev.drydock.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.Services.State;
import dev.drydock.agent.testing.Unexpected;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagersTest {
    @TempDir
    Path root;

    @Test
    void readsWhatSystemctlShows() {
        State state = shown(
                "LoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\nInvocationID=0a1b\n");
        assertThat(state).isEqualTo(new State(true, true, true, "0a1b", "active (running)"));
        assertThat(shown("LoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n"))
                .isEqualTo(State.UNKNOWN);
        assertThat(shown("LoadState=masked\nActiveState=inactive\nSubState=dead\nUnitFileState=masked\n")
                        .detail())
                .isEqualTo("inactive (dead), masked");
        assertThat(shown("LoadState=loaded\nActiveState=activating\nSubState=auto-restart\n")
                        .active())
                .isFalse();
    }

    @Test
    void aUnitIsSteadySinceItsStateOrItsMainProcessChanged() {
        String loaded = "LoadState=loaded\nActiveState=active\nSubState=running\n";
        assertThat(shown(loaded + "StateChangeTimestampMonotonic=60000000\nExecMainStartTimestampMonotonic=97500000\n")
                        .steady())
                .isEqualTo(Duration.ofMillis(2_500));
        assertThat(shown(loaded + "StateChangeTimestampMonotonic=99000000\nExecMainStartTimestampMonotonic=0\n")
                        .steady())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(shown(loaded).steady()).isZero();
        // Of another clock: not known.
        assertThat(shown(loaded + "StateChangeTimestampMonotonic=200000000\nExecMainStartTimestampMonotonic=0\n")
                        .steady())
                .isZero();
    }

    private static State shown(String properties) {
        return SystemdServices.parse(properties, Duration.ofSeconds(100));
    }

    @Test
    void findsUnitsAmongFiles() {
        assertThat(new SystemdServices(new LocalCommands(new HostFiles(Path.of("/"))), () -> 0)
                        .definedBy(List.of(
                                "/lib/systemd/system/nginx.service",
                                "/usr/lib/systemd/system/ssh.service",
                                "/usr/lib/systemd/system/getty@.service",
                                "/usr/lib/systemd/system/ssh.socket",
                                "/usr/lib/systemd/user/dbus.service")))
                .containsExactly("nginx.service", "ssh.service");
    }

    @Test
    void anInitScriptIsAService() throws Exception {
        Path initd = Files.createDirectories(root.resolve("etc/init.d"));
        Files.createDirectories(root.resolve("etc/rc2.d"));
        Files.createDirectories(root.resolve("run"));
        HostFiles files = new HostFiles(root.toRealPath());
        // Only looked up in the root: these run on this machine, since no programs are in the root.
        InitScriptServices services = new InitScriptServices(new FixedStatus(0), files);
        assertThat(services.state("app", job())).isEqualTo(State.UNKNOWN);

        Path script = Files.writeString(initd.resolve("app"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(root.resolve("etc/rc2.d/S01app"), Path.of("../init.d/app"));
        Files.writeString(root.resolve("run/app.pid"), "4711\n");
        assertThat(services.state("app.service", job())).isEqualTo(new State(true, true, true, "4711", "running"));
        assertThat(new InitScriptServices(new FixedStatus(3), files).state("app", job()))
                .isEqualTo(new State(true, false, true, "4711", "not running (status 3)"));
        assertThat(services.definedBy(List.of("/etc/init.d/app", "/etc/init.d/README/x", "/etc/default/app")))
                .containsExactly("app");
    }

    @Test
    void aServiceWhoseProgramWasReplacedIsOutdated() throws Exception {
        Files.createDirectories(root.resolve("run"));
        Path program = Files.copy(Path.of("/usr/bin/sleep"), root.resolve("app"));
        Process process = new ProcessBuilder(program.toString(), "600").start();
        try {
            Files.writeString(root.resolve("run/app.pid"), process.pid() + "\n");
            InitScriptServices services = new InitScriptServices(new FixedStatus(0), new HostFiles(root.toRealPath()));
            assertThat(services.outdated("app", job())).isFalse();
            Files.delete(program);
            assertThat(services.outdated("app", job())).isTrue();
            assertThat(services.outdated("other", job())).isFalse();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void inARootDirectoryOnlyWhatRanMayBeStarted() throws Exception {
        HostFiles files = new HostFiles(root.toRealPath());
        StartPolicy policy = new StartPolicy(files);
        Path file = root.resolve("usr/sbin/policy-rc.d");
        policy.set(List.of("nginx", "mariadb", "bad name'; rm -rf /"), List.of("mariadb"));
        assertThat(run(file, "nginx")).isZero();
        assertThat(run(file, "dbus")).isEqualTo(101);
        assertThat(run(file, "mariadb")).as("the caller starts it").isEqualTo(101);
        assertThat(run(file, "bad name'; rm -rf /")).isEqualTo(101);
        policy.clear();
        assertThat(file).doesNotExist();

        Files.writeString(file, "#!/bin/sh\nexit 0\n");
        policy.set(List.of(), List.of());
        policy.clear();
        assertThat(file).as("the operator's own").hasContent("#!/bin/sh\nexit 0\n");
    }

    @Test
    void whatTheCallerStartsItselfIsStartedByNoScriptAndMayBeStopped() throws Exception {
        Path file = root.resolve("policy");
        Files.writeString(file, StartPolicy.holding(List.of("mariadb", "postgresql@15-main", "bad name'; exit 1")));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run(file, "mariadb.service")).isEqualTo(101);
        assertThat(run(file, "mariadb", "restart")).isEqualTo(101);
        assertThat(run(file, "postgresql@15-main.service")).isEqualTo(101);
        assertThat(run(file, "mariadb.service", "stop")).isZero();
        assertThat(run(file, "nginx.service")).isZero();
    }

    private static int run(Path script, String service, String action) throws Exception {
        return new ProcessBuilder(script.toString(), service, action).start().waitFor();
    }

    private static int run(Path script, String service) throws Exception {
        return run(script, service, "start");
    }

    private static Job job() {
        return Job.quiet(Duration.ofSeconds(10));
    }

    private record FixedStatus(int exitCode) implements Commands {
        @Override
        public Result run(Command command, Output output) {
            return new Result(exitCode, false, "", "");
        }

        @Override
        public void requireProgram(String program) {
            throw Unexpected.call();
        }
    }

    @Test
    void systemdTellsWhatUnitsAreStartedAfter() {
        assertThat(SystemdServices.parseAfter("""
                        Id=web.service
                        Requires=app.service sysinit.target
                        BindsTo=
                        After=network.target app.service

                        Id=app.service
                        Requires=
                        BindsTo=db.service
                        After=
                        """))
                .containsOnly(
                        Map.entry("web.service", Set.of("app.service", "network.target", "sysinit.target")),
                        Map.entry("app.service", Set.of("db.service")));
    }
}
