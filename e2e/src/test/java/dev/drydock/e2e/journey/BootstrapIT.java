package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drydock.e2e.fleet.Cli;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.e2e.lab.SshServer;
import dev.drydock.e2e.lab.Tools;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.v1.Assessment;
import dev.drydock.proto.v1.ComplianceReportResponse;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.ListAssessmentsResponse;
import dev.drydock.proto.v1.ListTokensResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Real hosts of three families with nothing but OpenSSH, taken into the fleet by the documented commands alone. */
@WithFleet
@TestMethodOrder(OrderAnnotation.class)
class BootstrapIT {
    private static final String PASSWORD = "correct horse";

    private static Fleet fleet;
    private static Path folder;
    private static Map<String, SshServer> servers;
    private static Path key;

    @BeforeAll
    static void start(Fleet started, Lab lab) throws IOException {
        fleet = started;
        folder = Files.createDirectory(fleet.directory().resolve("ssh"));
        servers = Stream.of(
                        lab.bareHost("deb"), lab.bareHost("inner"), lab.bareRpmHost("dnf"), lab.bareRpmHost("zypper"))
                .parallel()
                .map(BootstrapIT::booted)
                .collect(Collectors.toConcurrentMap(server -> server.host().name(), UnaryOperator.identity()));
        key = of(servers, "deb").newKey(folder.resolve("id_lab"), "");
        server("deb").user("admin", key, "ALL=(ALL:ALL) NOPASSWD: ALL");
        server("dnf").user("admin", key, "ALL=(ALL:ALL) ALL");
        server("dnf").password("admin", PASSWORD);
        server("zypper").root(key);
        server("inner").user("admin", key, "ALL=(ALL:ALL) NOPASSWD: ALL");
        server("inner").user("plain", key, "");
        server("inner").password("plain", PASSWORD);
        Files.writeString(folder.resolve("sudo-password"), PASSWORD + "\n");
        Files.writeString(folder.resolve("hosts.yaml"), """
                apiVersion: drydock/v1
                kind: Hosts
                spec:
                  defaults: {user: admin, key: id_lab, become: sudo, labels: {site: lab}}
                  hosts:
                    - {name: deb, address: %s, hostKey: "%s", labels: {role: web}}
                    - {name: dnf, address: %s, hostKey: "%s"}
                    - {name: zypper, address: %s, hostKey: "%s", user: root, become: none}
                """.formatted(
                        server("deb").host().address(),
                        server("deb").fingerprint(),
                        server("dnf").host().address(),
                        server("dnf").fingerprint(),
                        server("zypper").host().address(),
                        server("zypper").fingerprint()));
    }

    private static SshServer booted(LabHost host) {
        host.start();
        boolean rpm = host.trySh("test -e /usr/local/sbin/lab-family").getExitCode() == 0;
        if (host.name().equals("zypper")) {
            host.sh("cp /srv/os-release/zypper /etc/os-release");
        }
        return rpm ? SshServer.besideRpm(host) : SshServer.on(host);
    }

    private static <T> T of(Map<String, T> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    private static SshServer server(String name) {
        return of(servers, name);
    }

    @AfterAll
    static void stop() {
        servers.values().forEach(server -> server.host().close());
    }

    @Test
    @Order(1)
    void aCheckSaysWhatWouldBeDoneAndChangesNothing() throws IOException {
        Map<String, Struct> hosts = bootstrap(0, "hosts.yaml", "--check");

        assertThat(hosts).hasSize(3).allSatisfy((name, host) -> {
            assertThat(text(host, "state")).isEqualTo("would-change");
            assertThat(texts(host, "steps")).containsExactly("ship", "install", "enrol", "start", "await");
        });
        assertThat(server("deb").host().sh("ls -A /opt; ls /etc/systemd/system"))
                .doesNotContain("drydock");
        assertThat(fleet.cli().ok("host", "list", "--quiet")).isEmpty();
        assertThat(fleet.cli()
                        .json(ListTokensResponse.getDefaultInstance(), "token", "list")
                        .getTokensList())
                .isEmpty();
    }

    @Test
    @Order(2)
    void hostsWithoutAnAgentAreSeenAndReportedAndNotChanged() {
        LabHost deb = server("deb").host();
        deb.sh("touch /root/before");

        String[] call = command("ssh", "assess", "hosts.yaml");
        fleet.cli().ok(call);
        assertThat(fleet.cli().ok("ssh", "list", "--quiet")).isEmpty();
        List<String> submitting = new ArrayList<>(List.of(call));
        submitting.add("--submit");
        fleet.cli().ok(submitting.toArray(String[]::new));

        assertThat(
                        deb.sh(
                                "find /etc /opt /var/lib/apt /var/lib/dpkg /var/cache /var/log/apt -type f -newer /root/before"))
                .isEmpty();
        Map<String, Assessment> seen =
                fleet
                        .cli()
                        .json(ListAssessmentsResponse.getDefaultInstance(), "ssh", "list")
                        .getAssessmentsList()
                        .stream()
                        .collect(Collectors.toMap(host -> host.getFacts().getName(), UnaryOperator.identity()));
        assertThat(seen).containsOnlyKeys("deb", "dnf", "zypper");
        assertThat(of(seen, "deb").getFacts().getPackages().getPendingList())
                .extracting(PendingUpdate::getName)
                .containsAll(deb.pendingAtBirth().keySet().stream()
                        .filter(name -> !deb.version(name).isEmpty())
                        .toList());
        assertThat(of(seen, "deb").getFacts().getPackages().getPendingSecurity())
                .isPositive();
        for (String name : List.of("dnf", "zypper")) {
            assertThat(of(seen, name).getFacts().getPackages().getManager()).isEqualTo(name);
            assertThat(of(seen, name).getFacts().getPackages().getPendingList())
                    .extracting(PendingUpdate::getName)
                    .contains("nginx");
        }
        assertThat(fleet.cli().ok("host", "list")).contains("agentless");
        assertThat(fleet.cli().ok("host", "list", "--quiet")).isEmpty();
        assertThat(fleet.cli()
                        .json(ComplianceReportResponse.getDefaultInstance(), "report", "compliance")
                        .getRowsList())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.hasAgentlessSeenAt()).isTrue());
    }

    @Test
    @Order(3)
    void fromNothingButSshdToConnected() throws IOException {
        Map<String, Struct> hosts = bootstrap(0, "hosts.yaml");

        assertThat(hosts.values()).extracting(host -> text(host, "state")).containsOnly("bootstrapped");
        assertThat(fleet.cli().ok("ssh", "list", "--quiet")).isEmpty();
        for (String name : List.of("deb", "dnf", "zypper")) {
            Host host = fleet.cli().json(Host.getDefaultInstance(), "host", "show", name);
            assertThat(host.getOnline()).as(name).isTrue();
            assertThat(host.getFacts().getLabelsMap()).containsEntry("site", "lab");
            assertThat(server(name).host().unitState("drydock-agent")).isEqualTo("active");
            assertThat(server(name).host().sh("stat -c %U:%a /opt/drydock-agent/bin/drydock-agent"))
                    .isEqualTo("root:755");
            // Neither what sudo asks for nor the token is in what commands were run, as far as logs tell.
            assertThat(server(name).host().sh("journalctl --no-pager")).doesNotContain(PASSWORD, "dd1.");
        }
        assertThat(fleet.cli()
                        .json(Host.getDefaultInstance(), "host", "show", "deb")
                        .getFacts()
                        .getLabelsMap())
                .containsEntry("role", "web");
        assertThat(fleet.cli()
                        .json(ListTokensResponse.getDefaultInstance(), "token", "list")
                        .getTokensList())
                .hasSize(3)
                .allSatisfy(token -> assertThat(token.getUsesLeft()).isZero());
    }

    @Test
    @Order(4)
    void againItFindsNothingToDo() throws IOException {
        assertThat(bootstrap(0, "hosts.yaml").values()).allSatisfy(host -> {
            assertThat(text(host, "state")).isEqualTo("unchanged");
            assertThat(texts(host, "steps")).isEmpty();
        });
    }

    @Test
    @Order(5)
    void whatWasLeftHalfDoneIsFinishedByTheSameHost() throws IOException {
        LabHost host = server("deb").host();
        String before = fleet.cli()
                .json(Host.getDefaultInstance(), "host", "show", "deb")
                .getFacts()
                .getId();
        // As if it had been cut off between taking the old one away and putting the new one there.
        host.sh("systemctl stop drydock-agent && mv /opt/drydock-agent /opt/drydock-agent.old"
                + " && mkdir /opt/drydock-agent.new && touch /opt/drydock-agent.new/part");

        Struct deb = of(bootstrap(0, "hosts.yaml", "--only", "deb"), "deb");

        assertThat(text(deb, "hostId")).isEqualTo(before);
        assertThat(texts(deb, "steps")).containsExactly("ship", "install", "start", "await");
        assertThat(host.sh("ls /opt")).isEqualTo("drydock-agent");
        assertThat(fleet.cli().ok("host", "list", "--quiet").lines()).hasSize(3);
    }

    @Test
    @Order(6)
    void whoIsRefusedIsToldWhyAndHowToGoOn() throws IOException {
        Path other = server("deb").newKey(folder.resolve("id_other"), "");
        String inner = server("inner").host().address();
        String nobody = inner.substring(0, inner.lastIndexOf('.')) + ".250";
        String print = server("inner").fingerprint();
        server("inner").host().sh("mkdir -p /opt && mount -t tmpfs -o size=30m tmpfs /opt");
        Files.writeString(folder.resolve("failing.yaml"), """
                apiVersion: drydock/v1
                kind: Hosts
                spec:
                  defaults: {user: admin, key: %s, become: sudo}
                  hosts:
                    - {name: wrong-key, address: %s, hostKey: "%s", key: %s}
                    - {name: not-as-written, address: %s, hostKey: "SHA256:%s"}
                    - {name: no-sudo, address: %s, hostKey: "%s", user: plain}
                    - {name: full-disk, address: %s, hostKey: "%s"}
                    - {name: no-route, address: %s}
                    - {name: refused, address: %s, port: 23}
                    - {name: unknown-key, address: %s}
                """.formatted(
                key, inner, print, other, inner, "A".repeat(43), inner, print, inner, print, nobody, inner, inner));

        Map<String, Struct> hosts = bootstrap(1, "failing.yaml", "--no-ssh-agent", "--connect-timeout", "6s");
        String left = server("inner").host().sh("ls -A /opt && umount /opt");

        assertThat(code(hosts, "wrong-key")).isEqualTo("login-refused");
        assertThat(code(hosts, "not-as-written")).isEqualTo("host-key-changed");
        assertThat(code(hosts, "no-sudo")).isEqualTo("no-sudo");
        assertThat(code(hosts, "full-disk")).isEqualTo("disk-full");
        assertThat(code(hosts, "no-route")).isIn("no-route", "timed-out");
        assertThat(code(hosts, "refused")).isEqualTo("connection-refused");
        assertThat(code(hosts, "unknown-key")).isEqualTo("host-key-unknown");
        assertThat(what(hosts, "unknown-key")).contains(print);
        assertThat(left).isEmpty();
    }

    @Test
    @Order(7)
    void aHostKeyThatChangedIsRefusedByTheKnownHosts() throws IOException {
        Path known = folder.resolve("known_hosts");
        Files.writeString(known, server("inner").knownHost(Files.readString(SshServer.publicHalf(key))));
        Files.writeString(folder.resolve("inner.yaml"), """
                apiVersion: drydock/v1
                kind: Hosts
                spec:
                  hosts:
                    - {name: inner, address: %s, user: admin, key: id_lab, become: sudo}
                """.formatted(
                        server("inner").host().address()));

        Map<String, Struct> hosts = bootstrap(3, "inner.yaml", "--known-hosts", known.toString());
        assertThat(code(hosts, "inner")).isEqualTo("host-key-changed");

        Files.writeString(known, server("inner").knownHost(server("inner").hostKey()));
        hosts = bootstrap(0, "inner.yaml", "--known-hosts", known.toString(), "--check");
        assertThat(text(of(hosts, "inner"), "state")).isEqualTo("would-change");
    }

    @Test
    @Order(8)
    void byTheKeysOfTheSshAgentAlone() throws IOException, InterruptedException {
        Tools.ensure("ssh-agent=openssh-client");
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await("ssh-agent").until(() -> Files.exists(socket));
            ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.start().waitFor()).isZero();
            Files.writeString(folder.resolve("agent.yaml"), """
                    apiVersion: drydock/v1
                    kind: Hosts
                    spec:
                      hosts:
                        - {name: inner, address: %s, hostKey: "%s"}
                    """.formatted(
                            server("inner").host().address(), server("inner").fingerprint()));
            String[] call = {"--ssh-user", "admin", "--become", "sudo", "--check"};

            Cli person = fleet.cli().with("HOME", folder.toString());
            assertThat(code(bootstrap(person, 1, "agent.yaml", call), "inner")).isEqualTo("login-refused");
            Map<String, Struct> hosts =
                    bootstrap(person.with("SSH_AUTH_SOCK", socket.toString()), 0, "agent.yaml", call);
            assertThat(text(of(hosts, "inner"), "state")).isEqualTo("would-change");
        } finally {
            agent.destroy();
        }
    }

    @Test
    @Order(9)
    void throughAJumpHostWithAKeyThatHasAPassphrase() throws IOException {
        Path locked = server("inner").newKey(folder.resolve("id_locked"), "open sesame");
        server("inner").user("admin", locked, "ALL=(ALL:ALL) NOPASSWD: ALL");
        Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        // Its name is known in the hosts' network alone: only the jump host can go there.
        Files.writeString(folder.resolve("jump.yaml"), """
                apiVersion: drydock/v1
                kind: Hosts
                spec:
                  jumps:
                    - {name: outer, address: %s, hostKey: "%s", user: admin, key: id_lab}
                  hosts:
                    - {name: inner, user: admin, key: id_locked, become: sudo, jump: outer, hostKey: "%s"}
                """.formatted(
                        server("deb").host().address(),
                        server("deb").fingerprint(),
                        server("inner").fingerprint()));

        Map<String, Struct> hosts = bootstrap(
                0,
                "jump.yaml",
                "--passphrase-file",
                folder.resolve("passphrase").toString());

        assertThat(text(of(hosts, "inner"), "state")).isEqualTo("bootstrapped");
        assertThat(fleet.cli().ok("host", "list", "--quiet").lines()).contains("inner");
    }

    private static Map<String, Struct> bootstrap(int exitCode, String file, String... more) throws IOException {
        return bootstrap(fleet.cli(), exitCode, file, more);
    }

    private static Map<String, Struct> bootstrap(Cli cli, int exitCode, String file, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "hosts",
                "bootstrap",
                "-f",
                folder.resolve(file).toString(),
                "--controller",
                fleet.controller().agentAddress(),
                "--package",
                Distribution.agent().toString(),
                "--sudo-password-file",
                folder.resolve("sudo-password").toString(),
                "--output",
                "json"));
        if (!List.of(more).contains("--known-hosts")) {
            command.addAll(List.of("--known-hosts", folder.resolve("none").toString()));
        }
        command.addAll(List.of(more));
        Struct.Builder answer = Struct.newBuilder();
        com.google.protobuf.util.JsonFormat.parser().merge(cli.exits(exitCode, command.toArray(String[]::new)), answer);
        return answer.getFieldsOrThrow("hosts").getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .collect(Collectors.toMap(host -> text(host, "name"), UnaryOperator.identity()));
    }

    private static String[] command(String noun, String verb, String file) {
        return new String[] {
            noun,
            verb,
            "-f",
            folder.resolve(file).toString(),
            "--sudo-password-file",
            folder.resolve("sudo-password").toString(),
            "--known-hosts",
            folder.resolve("none").toString()
        };
    }

    private static String code(Map<String, Struct> hosts, String name) {
        return text(trouble(hosts, name), "code");
    }

    private static String what(Map<String, Struct> hosts, String name) {
        return text(trouble(hosts, name), "what");
    }

    private static Struct trouble(Map<String, Struct> hosts, String name) {
        ListValue troubles = of(hosts, name).getFieldsOrThrow("troubles").getListValue();
        assertThat(troubles.getValuesList()).as(name).isNotEmpty();
        assertThat(text(troubles.getValues(0).getStructValue(), "next")).isNotEmpty();
        return troubles.getValues(0).getStructValue();
    }

    private static String text(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStringValue();
    }

    private static List<String> texts(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getListValue().getValuesList().stream()
                .map(Value::getStringValue)
                .toList();
    }
}
