package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.Change;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real library's security update: who still runs the old one is told, and restarted in the order of dependencies. */
@WithFleet
class NeedsRestartIT {
    /** A process that has loaded libssl and waits for ever. */
    private static final String UNIT = """
            [Unit]
            Description=Lab: a user of libssl
            %s
            [Service]
            ExecStartPre=/bin/sh -c 'test -p /run/%s || mkfifo /run/%s'
            ExecStart=/usr/bin/curl --silent --output /dev/null file:///run/%s
            """;

    private static Fleet fleet;

    @BeforeAll
    static void start(Fleet started) {
        fleet = started;
    }

    @Test
    void servicesThatHoldTheOldLibraryAreToldAndRestartedInOrder() {
        LabHost host = fleet.enrolled("outdated");
        unit(host, "lab-z-base", "");
        // By name it would come first.
        unit(host, "lab-a-front", "After=lab-z-base.service\n");
        host.sh("systemctl daemon-reload && systemctl start lab-z-base lab-a-front");

        Run update = fleet.run("library", Playbooks.packages("library", "libssl3", "5m"), host);
        assertThat(update.getState()).as(update.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(fleet.cli().ok("run", "logs", update.getId()))
                .contains("need a restart: ", "lab-a-front.service", "lab-z-base.service", "nginx.service");
        awaitNeedsRestart(host, line -> line.contains("lab-a-front.service lab-z-base.service nginx.service"));
        String nginx = host.sh("systemctl show nginx --property InvocationID");

        Run run = fleet.run("restart", playbook("restart", ""), host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.getResult().getChangesList())
                .extracting(Change::getName)
                .containsSubsequence("lab-z-base.service", "lab-a-front.service")
                .contains("nginx.service")
                .doesNotContain("dbus.service", "drydock-agent.service");
        assertThat(started(host, "lab-z-base")).isLessThan(started(host, "lab-a-front"));
        assertThat(host.sh("systemctl show nginx --property InvocationID")).isNotEqualTo(nginx);
        assertThat(host.sh("grep -l 'libssl.*(deleted)' /proc/[0-9]*/maps || true"))
                .isEmpty();
        awaitNeedsRestart(host, line -> !line.contains(".service"));
    }

    @Test
    void theyRunTheOldLibraryAgainWhenTheRunIsRolledBack() {
        LabHost host = fleet.enrolled("outdated-back");
        unit(host, "lab-z-base", "");
        host.sh("systemctl daemon-reload && systemctl start lab-z-base");
        String before = host.dpkgList();
        String library = host.sha256("/usr/lib/x86_64-linux-gnu/libssl.so.3");
        String started = host.sh("systemctl show lab-z-base --property InvocationID");

        Run run = fleet.run(
                "back",
                playbook("back", "    - os.packages: {packages: [libssl3]}\n      timeout: 5m\n")
                        + "    - command.check: {argv: [/usr/bin/dpkg-query, -W, -f, \"${Version}\", libssl3], contains: \""
                        + host.version("libssl3") + "\", grace: 1s}\n",
                host);

        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.ROLLED_BACK);
        assertThat(host.dpkgList()).isEqualTo(before);
        assertThat(host.sha256("/usr/lib/x86_64-linux-gnu/libssl.so.3")).isEqualTo(library);
        assertThat(host.unitState("lab-z-base")).isEqualTo("active");
        assertThat(host.sh("systemctl show lab-z-base --property InvocationID")).isNotEqualTo(started);
        assertThat(host.sh("grep -l 'libssl.*(deleted)' /proc/[0-9]*/maps || true"))
                .as("all that ran the new library was started anew")
                .isEmpty();
    }

    private static String playbook(String name, String first) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata:
                  name: %s
                  description: A journey of the lab
                  maintenance: preventive
                spec:
                  hosts: host.os.family == "debian"
                  steps:
                %s    - name: Restart what needs it
                      service.restart.needed: {}
                      timeout: 3m
                      rollbackTimeout: 3m
                  verify:
                    - service.active: [nginx]
                """.formatted(name, first);
    }

    private static void unit(LabHost host, String name, String more) {
        host.put("/etc/systemd/system/" + name + ".service", UNIT.formatted(more, name, name, name), 0644);
    }

    private static long started(LabHost host, String unit) {
        return Long.parseLong(host.sh("systemctl show " + unit + " --property ActiveEnterTimestampMonotonic --value"));
    }

    private static void awaitNeedsRestart(LabHost host, Predicate<String> holds) {
        Awaitility.await("the facts of " + host.name())
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(700))
                .until(() -> fleet.cli()
                        .ok("host", "facts", host.name())
                        .lines()
                        .anyMatch(line -> line.contains("needs restart") && holds.test(line)));
    }
}
