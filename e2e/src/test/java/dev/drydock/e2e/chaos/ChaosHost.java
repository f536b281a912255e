package dev.drydock.e2e.chaos;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** One real host that goes from round to round. Its agent's data lies on a small disk, or it can be restarted. */
final class ChaosHost {
    private static final String SCRIPT = "/root/chaos.sh";

    private final LabHost host;
    private final Fleet fleet;
    private final int number;
    private final boolean canBeRestarted;

    private ChaosHost(LabHost host, Fleet fleet, int number, boolean canBeRestarted) {
        this.host = host;
        this.fleet = fleet;
        this.number = number;
        this.canBeRestarted = canBeRestarted;
    }

    static ChaosHost start(Fleet fleet, String name, int number, boolean canBeRestarted) {
        LabHost host = fleet.bare(name);
        host.put(SCRIPT, script(), 0755);
        if (!canBeRestarted) {
            host.sh("mkdir -p -m 700 /var/lib/drydock-agent"
                    + " && mount -t tmpfs -o size=96m,mode=700 tmpfs /var/lib/drydock-agent");
        }
        fleet.enrol(host);
        return new ChaosHost(host, fleet, number, canBeRestarted);
    }

    private static String script() {
        try (InputStream in = ChaosHost.class.getResourceAsStream("/chaos/chaos.sh")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return host.name();
    }

    int number() {
        return number;
    }

    boolean canBeRestarted() {
        return canBeRestarted;
    }

    /** To where every round starts. */
    void reset(ChaosRound round) {
        host.sh(SCRIPT + " reset");
        if (round.fault() == HostFault.PACKAGE_DISK_FULL) {
            host.sh(SCRIPT + " small_package_disk");
        }
    }

    /** How it stands, by its own tools. */
    Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>();
        host.sh(SCRIPT + " state").lines().forEach(line -> {
            String[] parts = line.split(" ", 2);
            state.put(parts[0], parts.length > 1 ? parts[1].strip() : "");
        });
        state.put("locks", host.heldPackageLocks());
        return state;
    }

    /**
     * Waits for the moment and strikes; returns when it is over.
     *
     * @return when it was; empty when the moment did not come
     */
    Optional<Instant> strike(ChaosRound round) {
        return switch (round.fault()) {
            case KILL_CONTROLLER ->
                fromOutside(round, () -> {
                    synchronized (fleet) {
                        fleet.controller().kill();
                        fleet.controller().start();
                    }
                });
            case NETWORK_CUT ->
                fromOutside(round, () -> {
                    host.cutNetwork();
                    pass(round.lasts());
                    host.restoreNetwork();
                });
            case HOST_RESTART -> fromOutside(round, host::restart);
            default -> byScript(round);
        };
    }

    private Optional<Instant> fromOutside(ChaosRound round, Runnable strike) {
        Optional<Instant> moment = byScript(round.withNothing());
        if (moment.isPresent()) {
            strike.run();
        }
        return moment;
    }

    private Optional<Instant> byScript(ChaosRound round) {
        var result = host.trySh(String.join(
                " ",
                SCRIPT,
                "strike",
                round.fault().name(),
                seconds(round.delay()),
                seconds(round.lasts()),
                round.moment().name()));
        if (result.getExitCode() == 3) {
            return Optional.empty();
        }
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(name() + ": " + round + ": " + result.getStdout() + result.getStderr());
        }
        String[] at = result.getStdout().strip().split("\\.", 2);
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(at[0]), Long.parseLong(at[1])));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000 + "." + String.format("%03d", duration.toMillis() % 1000);
    }

    private static void pass(Duration duration) {
        Instant until = Instant.now().plus(duration);
        Awaitility.await().atMost(duration.plusSeconds(10)).until(() -> !Instant.now()
                .isBefore(until));
    }

    /** The controller has all of the run, and the agent knows it: what it kept for the way back is gone, unless a person needs it. */
    void awaitDelivered(Run run) {
        String directory = "/var/lib/drydock-agent/runs/" + run.getId();
        String kept = run.getState() == RunState.ROLLBACK_FAILED ? "" : " && ! test -e " + directory + "/steps";
        Awaitility.await("delivery of run " + run.getId() + ", " + run.getState() + " on " + name())
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        host.trySh("test -e " + directory + "/delivered" + kept).getExitCode() == 0);
    }

    /** For a person who has to find out why. */
    String log() {
        return host.trySh("journalctl -u drydock-agent --no-pager -n 150; tail -n 60 /var/log/apt/term.log")
                .getStdout();
    }
}
