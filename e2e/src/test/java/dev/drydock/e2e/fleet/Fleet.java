package dev.drydock.e2e.fleet;

import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabClock;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Host;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.awaitility.Awaitility;

/** A controller with real hosts, steered through the command line alone. Not for concurrent use by several tests. */
public final class Fleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** A way through several layers and back takes minutes on a busy machine. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

    private static final Set<RunState> OPEN = Set.of(
            RunState.RUN_STATE_UNSPECIFIED,
            RunState.OFFERED,
            RunState.ACCEPTED,
            RunState.PREFLIGHT,
            RunState.RUNNING,
            RunState.VERIFYING,
            RunState.ROLLING_BACK,
            RunState.LOST);

    private final Lab lab;
    private final Path directory;
    private final Optional<LabClock> clock;
    private final Controller controller;
    private final Cli cli;
    private final Deque<LabHost> hosts = new ConcurrentLinkedDeque<>();
    private int rollouts;

    private Fleet(Calls calls, Lab lab, Path directory, Optional<LabClock> clock, List<String> options) {
        this.lab = lab;
        this.directory = directory;
        this.clock = clock;
        this.controller = new Controller(
                directory, lab.gateway(), clock.map(LabClock::variables).orElse(Map.of()), options);
        this.cli = new Cli(calls, directory.resolve("config"));
    }

    /** A controller with a pinned signer, and no hosts yet. {@code drydock} is the same code in this process. */
    public static Fleet start(Lab lab, Path directory) {
        return start(new Fleet(Calls.INSIDE, lab, directory, Optional.empty(), List.of()));
    }

    /** Likewise, as it is wanted. */
    static Fleet start(WithFleet wanted, Lab lab, Path directory) {
        Optional<LabClock> clock = wanted.daysBack() == 0
                ? Optional.empty()
                : Optional.of(new LabClock(directory, Duration.ofDays(-wanted.daysBack())));
        Calls inside = clock.map(moved -> Calls.by(moved::clock)).orElse(Calls.INSIDE);
        return start(new Fleet(
                wanted.packed() ? Calls.PACKED : inside, lab, directory, clock, List.of(wanted.controller())));
    }

    private static Fleet start(Fleet fleet) {
        fleet.controller.start();
        fleet.cli.ok(
                "login",
                "--address",
                fleet.controller.apiAddress(),
                "--ca",
                fleet.controller.data().resolve("ca.crt").toString(),
                "--token-file",
                fleet.controller.data().resolve("admin.token").toString());
        fleet.newKey("ops");
        fleet.cli.ok("key", "pin", fleet.directory.resolve("ops.pub").toString());
        return fleet;
    }

    /** Makes a signing key NAME.key and NAME.pub in the fleet's directory. */
    public Path newKey(String name) {
        cli.ok("key", "create", name, "--out", directory.toString());
        return directory.resolve(name + ".key");
    }

    public Cli cli() {
        return cli;
    }

    public Controller controller() {
        return controller;
    }

    public Path directory() {
        return directory;
    }

    /** A started host whose agent is enrolled, connected, and has reported its facts. */
    public LabHost enrolled(String name) {
        LabHost host = bare(name);
        enrol(host);
        return host;
    }

    /** Enrols a started host and waits until its agent has reported its facts. */
    public void enrol(LabHost host) {
        host.put("/root/token", token(), 0600);
        host.sh("drydock-agent enroll --controller " + controller.agentAddress() + " --token-file /root/token");
        host.sh("systemctl enable --quiet --now drydock-agent");
        awaitFacts(host.name());
    }

    /** As {@link #enrolled}, with PHP-FPM, MariaDB and PostgreSQL beside nginx. */
    public LabHost enrolledWeb(String name) {
        LabHost host = started(lab.webHost(name));
        enrol(host);
        return host;
    }

    /** As {@link #enrolledWeb}, with what is needed to make a WordPress site on it. */
    public LabHost enrolledWordPress(String name) {
        LabHost host = started(lab.wordpressHost(name));
        enrol(host);
        return host;
    }

    /**
     * As {@link #enrolled}, a host that lives by rpm, with nginx and Redis, and with dnf MariaDB.
     *
     * @param manager {@code dnf} or {@code zypper}, also the host's name
     */
    public LabHost enrolledRpm(String manager) {
        LabHost host = started(lab.rpmHost(manager));
        host.sh("lab-family " + manager);
        enrol(host);
        return host;
    }

    /** A started host with the agent's distribution, not enrolled. The fleet closes it. */
    public LabHost bare(String name) {
        return started(lab.agentHost(name));
    }

    /** As {@link #enrolled}, with the agent of a package of Debian's. */
    public LabHost withPackage(String name, Path deb) {
        LabHost host = started(lab.bareHost(name));
        host.copyIn(deb, "/root/drydock-agent.deb");
        host.sh("dpkg -i /root/drydock-agent.deb >/root/install.log 2>&1 || { cat /root/install.log >&2; exit 1; }");
        enrol(host);
        return host;
    }

    private LabHost started(LabHost host) {
        hosts.push(host);
        host.start();
        clock.ifPresent(moved -> moved.on(host));
        return host;
    }

    /** As {@link #enrolled}, several side by side. In the order of their names here. */
    public List<LabHost> enrolled(List<String> names) {
        return names.parallelStream().map(this::enrolled).toList();
    }

    /** The time that the controller and the agents go by. Of a fleet that was made with a clock of its own. */
    public LabClock clock() {
        return clock.orElseThrow();
    }

    /** An enrolment token for one host. */
    public String token() {
        return cli.ok("token", "create", "--uses", "1", "--ttl", "10m", "--label", "role=web", "--quiet");
    }

    private void awaitFacts(String name) {
        Awaitility.await("facts of " + name)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    Host host = cli.json(Host.getDefaultInstance(), "host", "show", name);
                    return host.getOnline() && host.getFacts().getPackages().getInstalled() > 0;
                });
    }

    /** Lints, signs and pushes a playbook as the pinned signer. */
    public void push(String name, String yaml) {
        Path file = write(name, yaml);
        cli.ok("playbook", "lint", file.toString());
        cli.ok(
                "playbook",
                "sign",
                file.toString(),
                "--key",
                directory.resolve("ops.key").toString());
        cli.ok("playbook", "push", file.toString());
    }

    public Path write(String name, String yaml) {
        Path file = directory.resolve(name + ".yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Starts a rollout of a pushed playbook on one host, in a window that is open now. Returns its name. */
    public String start(String playbook, LabHost host, String... options) {
        String name = playbook + "-" + ++rollouts;
        cli.ok("window", "create", name, "--now", "--duration", "2h");
        List<String> command = new ArrayList<>(List.of(
                "rollout",
                "create",
                name,
                "--playbook",
                playbook,
                "--hosts",
                "host.name == \"" + host.name() + "\"",
                "--window",
                name));
        command.addAll(List.of(options));
        cli.ok(command.toArray(String[]::new));
        return name;
    }

    /** The one run of a rollout on one host, when it has ended. */
    public Run ended(String rollout) {
        cli.follow(LONGEST_RUN, "rollout", "watch", rollout);
        Awaitility.await("end of " + rollout)
                .atMost(LONGEST_RUN)
                .pollInterval(Duration.ofMillis(700))
                .until(() -> runs(rollout).stream().anyMatch(run -> !OPEN.contains(run.getState())));
        List<Run> all = runs(rollout);
        if (all.size() != 1) {
            throw new AssertionError("one host has one run in a rollout, not " + all);
        }
        return cli.json(Run.getDefaultInstance(), "run", "show", all.getFirst().getId());
    }

    private List<Run> runs(String rollout) {
        return cli.json(ListRunsResponse.getDefaultInstance(), "run", "list", "--rollout", rollout)
                .getRunsList();
    }

    /** Pushes, starts, and waits for the end of the one run. */
    public Run run(String name, String yaml, LabHost host) {
        push(name, yaml);
        return ended(start(name, host));
    }

    @Override
    public void close() {
        hosts.forEach(LabHost::close);
        controller.close();
    }
}
