package dev.drydock.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.ShortLife;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.e2e.lab.LabHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A controller, its command line, and agents on hosts of apt, dnf and zypper, by packages alone: the whole life of each, from the
 * one line that installs it to its removal.
 */
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagesIT {
    /** In tenths, as systemd-analyze takes it: 0 is closed, 100 is open. */
    private static final int EXPOSURE = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, LabHost> HOSTS = new HashMap<>();
    private static final Deque<LabHost> STARTED = new ArrayDeque<>();

    @TempDir
    static Path directory;

    private static Lab lab;
    private static LabHost ctl;
    private static Path newer;

    @BeforeAll
    static void start(Lab started) {
        lab = started;
        // All journeys share a network, and another one has a ctl too.
        ctl = host(lab.bareHost("packages-ctl"));
        ShortLife.ofControllerOn(ctl);
        newer = Packages.agentOf("9.0.0", directory.resolve("newer"));
    }

    @AfterAll
    static void end() {
        STARTED.forEach(LabHost::close);
    }

    private static LabHost host(LabHost host) {
        STARTED.push(host);
        host.start();
        return host;
    }

    private static String installed(String family) {
        return family.equals("apt")
                ? "dpkg-query -W -f '${db:Status-Status} ${Version}' drydock-agent 2>/dev/null || true"
                : "rpm -q --qf 'installed %{VERSION}' drydock-agent || true";
    }

    /** The path of the program that the service runs. */
    private static String running(LabHost host) {
        return host.sh("readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe");
    }

    private static void await(String what, LabHost host, String command) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> host.trySh(command).getExitCode() == 0);
    }

    @Test
    @Order(1)
    void theControllerRunsAsAUserOfItsOwnBehindItsBars() {
        for (String name : new String[] {"drydock-controller_", "drydock-cli_"}) {
            ctl.copyIn(Packages.file(Packages.built(), name, ".deb"), "/root/" + name + ".deb");
        }
        for (String end : new String[] {".deb", ".rpm", "SHA256SUMS"}) {
            Path file = Packages.file(Packages.built(), end.equals("SHA256SUMS") ? end : "drydock-agent", end);
            ctl.copyIn(file, "/srv/packages/" + file.getFileName());
        }
        ctl.sh("chmod -R a+rX /srv/packages");

        ctl.sh(
                "apt-get install -y -qq /root/drydock-*.deb >/root/install.log 2>&1 || { cat /root/install.log >&2; exit 1; }");
        assertThat(ctl.unitState("drydock-controller"))
                .as("nobody said its names yet")
                .isEqualTo("inactive");
        ctl.sh(
                "echo 'DRYDOCK_CONTROLLER_OPTS=\"--advertise packages-ctl --packages /srv/packages\"' >>/etc/default/drydock-controller");
        ctl.sh("systemctl enable --quiet --now drydock-controller");
        await("the controller", ctl, "curl -ksf https://packages-ctl:8443/readyz");

        assertThat(ctl.sh("ps -o user= -p $(systemctl show -p MainPID --value drydock-controller)"))
                .isEqualTo("drydock");
        assertThat(ctl.sh("grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/$(systemctl show -p MainPID --value"
                        + " drydock-controller)/status | tr -s '\t\n' ' '"))
                .contains("CapEff: 0000000000000000", "NoNewPrivs: 1", "Seccomp: 2");
        assertThat(ctl.sh("stat -c '%U %a' /var/lib/drydock")).isEqualTo("drydock 700");
        System.out.println(ctl.sh("systemd-analyze security --no-pager drydock-controller | tail -n 1"));
        ctl.sh("systemd-analyze security --no-pager --threshold=" + EXPOSURE
                + " drydock-controller >/root/security 2>&1 || { cat /root/security >&2; exit 1; }");
        ctl.sh(
                "drydock login --address packages-ctl:8443 --ca /var/lib/drydock/ca.crt --token-file /var/lib/drydock/admin.token");
        assertThat(ctl.sh("drydock version --controller")).contains("controller");
        ctl.sh("cd /root && drydock key create ops && drydock key pin ops.pub");
        ctl.sh("openssl pkeyutl -sign -inkey /root/ops.key -rawin -in /srv/packages/SHA256SUMS"
                + " -out /srv/packages/SHA256SUMS.sig && chmod a+r /srv/packages/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apt", "dnf", "zypper"})
    @Order(2)
    void oneLineInstallsAndEnrolsAHost(String family) {
        LabHost host = host(family.equals("apt") ? lab.bareHost("by-apt") : lab.rpmHost("by-" + family));
        HOSTS.put(family, host);
        if (!family.equals("apt")) {
            host.sh("rm -r /opt/drydock-agent /usr/local/bin/drydock-agent /etc/systemd/system/drydock-agent.service"
                    + " && systemctl daemon-reload && lab-family " + family);
        }
        host.put("/root/token", ctl.sh("drydock token create --uses 1 --ttl 1h --quiet"), 0600);
        host.put("/root/ops.pub", ctl.sh("cat /root/ops.pub") + "\n", 0644);
        String fingerprint = ctl.sh("drydock-controller ca fingerprint --data /var/lib/drydock");

        host.sh("""
                cd /root
                curl -ksSf https://packages-ctl:8443/ca.crt >ca.crt
                test "$(openssl x509 -in ca.crt -outform DER | sha256sum | cut -d ' ' -f 1)" = %s
                curl -sSf --cacert ca.crt https://packages-ctl:8443/install.sh | sh -s -- --token-file token --signer ops.pub >install.log 2>&1 ||
                  { cat install.log >&2; exit 1; }
                """.formatted(fingerprint));

        await("the agent of " + family, host, "drydock-agent status");
        assertThat(host.sh(installed(family))).startsWith("installed 0.1");
        assertThat(host.sh("systemctl is-enabled drydock-agent")).isEqualTo("enabled");
        assertThat(running(host)).startsWith("/usr/lib/drydock-agent/versions/").doesNotContain("9.0.0");
        assertThat(ctl.sh("drydock host list")).contains("by-" + family);
        // Of an agent that met its partner: one of its help has half of that.
        assertThat(Long.parseLong(host.sh("stat -L -c %s /usr/lib/drydock-agent/current/lib/aot/drydock-agent.aot")
                        .strip()))
                .isGreaterThan(25_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnf", "zypper"})
    @Order(3)
    void anUpgradeKeepsWhatSomebodyChangedAndTheNewAgentTakesOver(String family) {
        LabHost host = Objects.requireNonNull(HOSTS.get(family));
        host.sh("echo '# ours' >>/etc/default/drydock-agent");
        String before = running(host);
        host.copyIn(Packages.file(newer, "drydock-agent", ".rpm"), "/root/newer.rpm");

        host.sh("rpm -U /root/newer.rpm");

        await(
                "the new agent",
                host,
                "test -e /usr/lib/drydock-agent/versions/9.0.0-*/BUILD"
                        + " && readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe | grep -q 9.0.0");
        await("the new agent's connection", host, "drydock-agent status");
        assertThat(host.sh("tail -n 1 /etc/default/drydock-agent")).isEqualTo("# ours");
        assertThat(host.sh("rpm -V drydock-agent || true").lines())
                .as("nothing else is changed")
                .allMatch(line -> line.endsWith(" /etc/default/drydock-agent"));
        await("the old version's end", host, "! test -e " + before.replaceFirst("/runtime/.*", ""));
    }

    @Test
    @Order(3)
    void anUpgradeWaitsForTheRunThatIsUnderWay() {
        LabHost host = Objects.requireNonNull(HOSTS.get("apt"));
        host.sh("echo '# ours' >>/etc/default/drydock-agent");
        ctl.put("/root/wait.yaml", """
                apiVersion: drydock/v1
                kind: Playbook
                metadata: {name: wait}
                spec:
                  hosts: host.name == "by-apt"
                  steps:
                    - name: Wait
                      command.run: {argv: [/bin/sh, -c, "until [ -e /root/go ]; do sleep 0.2; done"], undo: [/bin/true]}
                    - name: After
                      file.put: {path: /etc/lab-after, content: "after"}
                """, 0644);
        ctl.sh("cd /root && drydock playbook sign wait.yaml --key ops.key && drydock playbook push wait.yaml"
                + " && drydock window create now --now --duration 1h"
                + " && drydock rollout create wait --playbook wait --hosts 'host.name == \"by-apt\"' --window now");
        await("the run", host, "/usr/lib/drydock-agent/run-under-way");
        String before = running(host);
        host.copyIn(Packages.file(newer, "drydock-agent", ".deb"), "/root/newer.deb");

        host.sh("DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /root/newer.deb");

        assertThat(host.sh(installed("apt"))).isEqualTo("installed 9.0.0");
        assertThat(running(host)).isEqualTo(before);
        assertThat(host.unitState("drydock-agent-restart")).isEqualTo("activating");
        assertThat(host.trySh("apt-get remove -y -qq drydock-agent").getExitCode())
                .as("it is not removed in the middle of a run")
                .isNotZero();
        host.sh("dpkg --configure -a; touch /root/go");
        await(
                "the new agent",
                host,
                "readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe | grep -q 9.0.0");
        ctl.sh("drydock rollout watch wait >/root/watch.log 2>&1 || { cat /root/watch.log >&2; exit 1; }");
        assertThat(host.sh("cat /etc/lab-after")).isEqualTo("after");
        assertThat(host.sh("tail -n 1 /etc/default/drydock-agent")).isEqualTo("# ours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apt", "dnf", "zypper"})
    @Order(4)
    void aRemovalLeavesNothingThatRuns(String family) {
        LabHost host = Objects.requireNonNull(HOSTS.get(family));
        await("no run", host, "! /usr/lib/drydock-agent/run-under-way");

        host.sh(family.equals("apt") ? "apt-get purge -y -qq drydock-agent" : "rpm -e drydock-agent");

        assertThat(
                        host.sh(
                                "ls -d /usr/lib/drydock-agent /usr/bin/drydock-agent"
                                        + " /usr/lib/systemd/system/drydock-agent* /etc/systemd/system/*/drydock-agent* 2>/dev/null || true"))
                .isEmpty();
        assertThat(host.processes("drydock-agent")).isEmpty();
        assertThat(host.trySh("test -e /var/lib/drydock-agent").getExitCode() == 0)
                .as("rpm knows no purge: the host's identity stays")
                .isEqualTo(!family.equals("apt"));
    }

    @Test
    @Order(5)
    void theControllersRecordOutlivesItsPackageButNotItsPurge() {
        ctl.sh("apt-get remove -y -qq drydock-controller");
        assertThat(ctl.processes("drydock-controller")).isEmpty();
        assertThat(ctl.sh("ls /var/lib/drydock/drydock.db")).isNotEmpty();

        ctl.sh("apt-get purge -y -qq drydock-controller drydock-cli");

        assertThat(ctl.sh("ls -d /var/lib/drydock /usr/lib/drydock* /etc/default/drydock* 2>/dev/null || true"))
                .isEmpty();
        assertThat(ctl.trySh("getent passwd drydock").getExitCode()).isNotZero();
    }
}
