package dev.drydock.e2e.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.docs.Page;
import dev.drydock.e2e.fleet.ShortLife;
import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A machine for the controller and five hosts, on which somebody types what docs/upgrade.md says. Not for concurrent use by several tests. */
final class Site implements AutoCloseable {
    static final int HOSTS = 5;

    /** Names of their own in the network that all journeys share. */
    static final String CONTROLLER = "upgrade-ctl";

    /** The program of the agent that runs. */
    static final String RUNNING_AGENT = "readlink /proc/$(systemctl show -p MainPID --value drydock-agent)/exe";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Who looks starts a Java machine for it, on the processors that what is looked for needs. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** The hosts have no sudo, and all that is typed is root's. */
    private static final String SUDO = """
            #!/bin/sh
            [ "$1" = -u ] || exec "$@"
            user=$2
            shift 2
            exec runuser -u "$user" -- "$@"
            """;

    private final Deque<LabHost> started = new ConcurrentLinkedDeque<>();
    private final LabHost ctl;
    private final Map<String, LabHost> web;

    private Site(Lab lab, Path distribution) {
        ctl = started(lab.bareHost(CONTROLLER));
        web = IntStream.rangeClosed(1, HOSTS)
                .mapToObj(number -> lab.agentHost(name(number), distribution.resolve("drydock-agent")))
                .toList()
                .parallelStream()
                .map(this::started)
                .collect(Collectors.toMap(LabHost::name, Function.identity()));
    }

    /** The first version on all of them, as its docs/install.md told. Enrolled, connected, and with an update pending. */
    static Site ofFirstVersion(Lab lab, Path distribution) {
        Site site = new Site(lab, distribution);
        try {
            site.install(distribution);
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    private void install(Path distribution) {
        ShortLife.ofControllerOn(ctl);
        ctl.copyIn(distribution.resolve("drydock"), "/opt/drydock");
        ctl.sh("""
                useradd --system --home-dir /var/lib/drydock --shell /usr/sbin/nologin drydock
                echo 'DRYDOCK_CONTROLLER_OPTS=--advertise %s' > /etc/default/drydock-controller
                cp /opt/drydock/systemd/drydock-controller.service /etc/systemd/system/
                systemctl daemon-reload
                systemctl enable --quiet --now drydock-controller
                """.formatted(CONTROLLER));
        await(
                "the first controller",
                () -> ctl.trySh("/opt/drydock/bin/drydock login --address " + CONTROLLER + ":8443"
                                        + " --ca /var/lib/drydock/ca.crt --token-file /var/lib/drydock/admin.token")
                                .getExitCode()
                        == 0);
        Desk first = old();
        first.ok("key create ops");
        first.ok("key pin ops.pub");
        String token = first.ok("token create --uses " + HOSTS + " --ttl 1h --label role=web --quiet");
        web.values().parallelStream().forEach(host -> {
            host.install("lab-ok=1.0");
            host.put("/root/token", token, 0600);
            host.sh("drydock-agent enroll --controller " + CONTROLLER + ":7443 --token-file /root/token"
                    + " && systemctl enable --quiet --now drydock-agent");
        });
        await("the first agents", () -> first.hostsOnline() == HOSTS);
    }

    private LabHost started(LabHost host) {
        started.push(host);
        host.start();
        host.put("/usr/local/bin/sudo", SUDO, 0755);
        // Who types answers yes.
        host.put("/etc/apt/apt.conf.d/95yes", "APT::Get::Assume-Yes \"true\";\n", 0644);
        return host;
    }

    static String name(int number) {
        return "upgrade-" + number;
    }

    LabHost web(int number) {
        return Objects.requireNonNull(web.get(name(number)));
    }

    /** The controller's machine. */
    LabHost ctl() {
        return ctl;
    }

    /** The first version's command line, in its folder. */
    Desk old() {
        return new Desk(ctl, "/opt/drydock/bin/drydock");
    }

    /** The package's. */
    Desk newest() {
        return new Desk(ctl, "/usr/bin/drydock");
    }

    /** Copies packages of the build to where people type. */
    static void copyIn(LabHost host, String pattern) {
        for (Path file : Distribution.packages(pattern)) {
            host.copyIn(file, "/root/" + file.getFileName());
        }
    }

    /** Types a block of docs/upgrade.md as it stands there. Returns what it printed. */
    static String type(LabHost host, String journey) {
        host.put("/root/step", step(journey), 0644);
        return host.sh("HOME=/root sh /root/step 2>&1");
    }

    static String step(String journey) {
        List<Page.Block> blocks = Page.read(Repository.root().resolve("docs/upgrade.md")).blocks().stream()
                .filter(block -> block.journey().equals(journey))
                .toList();
        assertThat(blocks).as(journey).hasSize(1);
        return "set -e\ncd /root\n" + String.join("\n", blocks.getFirst().text()) + "\n";
    }

    void push(Desk desk, String name, String playbook) {
        ctl.put("/root/" + name + ".yaml", playbook, 0644);
        desk.ok("playbook sign " + name + ".yaml --key ops.key");
        desk.ok("playbook push " + name + ".yaml");
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(LOOK).until(condition);
    }

    @Override
    public void close() {
        started.parallelStream().forEach(LabHost::close);
    }
}
