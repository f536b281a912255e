package dev.drydock.e2e.chaos;

import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.lab.Lab;
import dev.drydock.e2e.lab.LabExtension;
import dev.drydock.proto.v1.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on real hosts, several at once, each struck by one fault that its seed names. {@code make chaos} plays it for longer; see
 * docs/testing-faults.md.
 */
@ExtendWith(LabExtension.class)
class ChaosIT {
    private static final long SEED = Long.getLong("chaos.seed", 20_261_124L);
    private static final int ROUNDS = Integer.getInteger("chaos.hostRounds", 6);
    private static final int HOSTS = 3;
    private static final Duration END = Duration.ofMinutes(4);
    private static final String WINDOW = "chaos";

    @TempDir
    private static Path directory;

    private final HostTally tally = new HostTally();
    private final AtomicBoolean wrong = new AtomicBoolean();

    @Test
    void realHostsEndAsTheirRunsSayWhateverStrikesThem(Lab lab) throws Exception {
        try (Fleet fleet = Fleet.start(lab, directory);
                Management management = new Management(fleet.controller())) {
            fleet.push("chaos-holds", playbook("chaos-holds", "[/usr/bin/test, -e, /root/chaos.sh]"));
            fleet.push("chaos-fails", playbook("chaos-fails", "[/usr/bin/grep, old, /etc/lab-chaos.conf]"));
            management.openWindow(WINDOW, Duration.ofHours(12));
            List<ChaosHost> hosts = new ArrayList<>();
            for (int i = 0; i < HOSTS; i++) {
                if (!seeds(i).isEmpty()) {
                    hosts.add(ChaosHost.start(fleet, "chaos-" + i, i, i > 0));
                }
            }
            Instant start = Instant.now();
            try (ExecutorService threads = Executors.newFixedThreadPool(hosts.size())) {
                List<Future<?>> all = new ArrayList<>();
                for (ChaosHost host : hosts) {
                    all.add(threads.submit(() -> play(host, management)));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } finally {
                System.out.println(tally.text(
                        "on " + hosts.size() + " real hosts, seed " + SEED, Duration.between(start, Instant.now())));
            }
        }
    }

    /** Each seed has its host, so that it plays the same round again. The first has its agent's data on a small disk. */
    private static List<Long> seeds(int host) {
        return LongStream.range(SEED, SEED + ROUNDS)
                .filter(seed -> seed % HOSTS == host)
                .boxed()
                .toList();
    }

    /** Until all rounds are played or one ends wrong. */
    private Void play(ChaosHost host, Management management) {
        for (long seed : seeds(host.number())) {
            if (wrong.get()) {
                break;
            }
            ChaosRound round = ChaosRound.of(seed, host.canBeRestarted());
            try {
                play(round, host, management);
            } catch (AssertionError | RuntimeException e) {
                wrong.set(true);
                throw new AssertionError(
                        "make chaos SEED=" + seed + " ROUNDS=0 HOST_ROUNDS=1: " + round + "\n" + e + "\n" + host.log(),
                        e);
            }
        }
        return null;
    }

    private void play(ChaosRound round, ChaosHost host, Management management) {
        host.reset(round);
        Map<String, String> before = host.state();
        String rollout = "round-" + round.seed();
        management.startRollout(rollout, round.holds() ? "chaos-holds" : "chaos-fails", host.name(), WINDOW);
        Optional<Instant> struck = host.strike(round);
        Run run = ended(rollout, management);
        host.awaitDelivered(run.getId());
        Instant end = Instant.ofEpochSecond(
                run.getEndedAt().getSeconds(), run.getEndedAt().getNanos());
        boolean inTime = struck.filter(at -> at.isBefore(end)).isPresent();
        System.out.println(host.name() + " " + round + " " + (inTime ? "" : "(came too late) ") + run.getState() + " "
                + run.getReason());
        HostVerdict.holds(round, run, before, host.state(), struck);
        tally.add(round.fault(), inTime, run.getState());
    }

    private static Run ended(String rollout, Management management) {
        List<Run> runs = Awaitility.await("end of " + rollout)
                .atMost(END)
                .pollInterval(Duration.ofMillis(400))
                .until(() -> management.runs(rollout), all -> all.stream().anyMatch(Management::ended));
        if (runs.size() != 1) {
            throw new AssertionError("one host has one run in a rollout, not " + runs);
        }
        return management.run(runs.getFirst().getId());
    }

    private static String playbook(String name, String lastCheck) {
        return """
                apiVersion: drydock/v1
                kind: Playbook
                metadata:
                  name: %s
                  description: A package, a file and a service, quick enough to be struck often
                  maintenance: preventive
                spec:
                  hosts: host.os.family == "debian"
                  steps:
                    - name: Update
                      os.packages: {packages: [lab-ok], refresh: false, lockTimeout: 1m}
                      timeout: 3m
                      rollbackTimeout: 3m
                    - name: Configure
                      file.put: {path: /etc/lab-chaos.conf, content: "new\\n"}
                    - name: Restart
                      service.restart: [nginx]
                  verify:
                    - service.active: {names: [nginx], grace: 1s}
                    - command.check: {argv: %s, grace: 1s}
                """.formatted(name, lastCheck);
    }
}
