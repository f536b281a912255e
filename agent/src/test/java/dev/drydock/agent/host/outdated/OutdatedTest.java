package dev.drydock.agent.host.outdated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.agent.host.UnitOfProcess;
import dev.drydock.agent.host.outdated.Outdated.Holder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutdatedTest {
    @Test
    void onlyCodeOfPackagesThatIsGoneCounts() {
        assertThat(MappedFiles.replaced("""
                        5581b9a00000-5581b9a20000 r-xp 00020000 fd:01 1311 /usr/sbin/nginx
                        7f0a40000000-7f0a40020000 r--p 00000000 fd:01 1312 /usr/lib/x86_64-linux-gnu/libssl.so.3 (deleted)
                        7f0a40020000-7f0a40080000 r-xp 00020000 fd:01 1312 /usr/lib/x86_64-linux-gnu/libssl.so.3 (deleted)
                        7f0a50000000-7f0a50020000 r--p 00000000 fd:01 1313 /usr/lib/locale/locale-archive (deleted)
                        7f0a60000000-7f0a60001000 rwxp 00000000 00:01 4 /memfd:jit (deleted)
                        7f0a60001000-7f0a60002000 rw-s 00000000 00:01 5 /dev/zero (deleted)
                        7f0a60002000-7f0a60003000 rw-s 00000000 00:01 6 /SYSV00000000 (deleted)
                        7f0a60003000-7f0a60004000 r-xp 00000000 fd:01 7 /tmp/libjna.so (deleted)
                        7f0a60004000-7f0a60005000 r-xp 00000000 fd:01 8 /opt/app/with a space.so (deleted)
                        7f0a60005000-7f0a60006000 r-xp 00000000 fd:01 9 /usr/lib/not deleted
                        7ffd10000000-7ffd10002000 r-xp 00000000 00:00 0 [vdso]
                        7ffd10002000-7ffd10003000 rw-p 00000000 00:00 0
                        """))
                .containsExactly("/opt/app/with a space.so", "/usr/lib/x86_64-linux-gnu/libssl.so.3");
        assertThat(MappedFiles.replaced("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0::/system.slice/nginx.service,nginx.service",
        "0::/system.slice/system-getty.slice/getty@tty1.service,getty@tty1.service",
        "0::/system.slice/system.slice-app.service/payload,system.slice-app.service",
        "0::/user.slice/user-1000.slice/user@1000.service/app.slice/foot.service,user@1000.service",
        "0::/user.slice/user-0.slice/session-1.scope,session-1.scope",
        "0::/init.scope,init.scope",
        "1:name=systemd:/system.slice/cron.service,cron.service",
        "4:memory:/system.slice/cron.service,''",
        "0::/,''"
    })
    void knowsTheUnitOfAProcess(String cgroup, String unit) {
        assertThat(UnitOfProcess.of(cgroup + "\n").orElse("")).isEqualTo(unit);
    }

    @Test
    void theSystemsOwnHierarchyDecidesAmongSeveral() {
        assertThat(UnitOfProcess.of("12:pids:/docker/0a\n1:name=systemd:/system.slice/cron.service\n0::/\n"))
                .contains("cron.service");
    }

    @Test
    void tellsWhatCanBeRestartedFromWhatOnlyARebootRenews() {
        Outdated outdated = Outdated.of(
                List.of(
                        holder(1, "init.scope", "systemd"),
                        holder(10, "nginx.service", "nginx"),
                        holder(11, "nginx.service", "nginx"),
                        holder(12, "cron.service", "cron"),
                        holder(20, "dbus.service", "dbus-daemon"),
                        holder(21, "systemd-logind.service", "systemd-logind"),
                        holder(22, "getty@tty1.service", "agetty"),
                        holder(23, "user@1000.service", "pipewire"),
                        holder(24, "session-1.scope", "sshd"),
                        holder(25, "session-1.scope", "bash"),
                        holder(26, "drydock-agent.service", "java"),
                        new Holder(27, Optional.empty(), "odd")),
                Optional.of("drydock-agent.service"));
        assertThat(outdated.restart()).containsExactly("cron.service", "nginx.service");
        assertThat(outdated.reboot())
                .containsExactly(
                        "dbus.service",
                        "drydock-agent.service",
                        "getty@tty1.service",
                        "no service (odd)",
                        "session-1.scope (bash, sshd)",
                        "systemd (PID 1)",
                        "systemd-logind.service",
                        "user@1000.service");
    }

    private static Holder holder(long pid, String unit, String command) {
        return new Holder(pid, Optional.of(unit), command);
    }
}
