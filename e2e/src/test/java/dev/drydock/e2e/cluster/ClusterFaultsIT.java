package dev.drydock.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.lab.Distribution;
import dev.drydock.proto.v1.Rollout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three controllers of the packed program on a real PostgreSQL, agents with their real engine on simulated hosts, and faults that a
 * seed names while they roll out. {@code make chaos} plays it for longer; see docs/testing-faults.md.
 */
class ClusterFaultsIT {
    private static final long SEED = Long.getLong("chaos.seed", 20_261_124L);
    /** From that seed on the first faults are those that hurt most. */
    private static final int ROUNDS = Integer.getInteger("chaos.clusterRounds", 4);

    /** Instead of those of the seeds, in turn: of {@code bench/run.sh members}. */
    private static final String ONLY = System.getProperty("chaos.clusterFaults", "");
    /** Where to write what was measured; empty: nowhere. */
    private static final String FIGURES = System.getProperty("chaos.clusterFigures", "");

    private static final int HOSTS = 6;
    private static final long PATIENCE_SECONDS = 180;

    @TempDir
    private static Path directory;

    private final Path program = Distribution.program("drydock-controller");
    private final ClusterTally tally = new ClusterTally();

    @Test
    void nothingIsLostOrDoneTwiceWhateverStrikesTheControllers() throws Exception {
        try (Cluster cluster = Cluster.start(directory, program);
                Operator operator = new Operator(cluster.ca(), cluster.apiPort(), cluster.token())) {
            operator.prepare();
            try (SimFleet fleet = new SimFleet(directory, HOSTS, SEED, cluster, operator)) {
                Instant start = Instant.now();
                for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
                    play(round(seed), cluster, operator, fleet);
                }
                assertThat(operator.auditProblem()).as("the audit log").isEmpty();
                tally.lines(SEED, Duration.between(start, Instant.now())).forEach(System.out::println);
                if (!FIGURES.isEmpty()) {
                    Files.writeString(Path.of(FIGURES), tally.figures());
                }
            }
        }
    }

    private static ClusterRound round(long seed) {
        ClusterRound round = ClusterRound.of(seed, HOSTS);
        if (ONLY.isEmpty()) {
            return round;
        }
        String[] faults = ONLY.split(",");
        return round.by(ClusterFault.valueOf(faults[Math.floorMod(seed - SEED, faults.length)]));
    }

    private void play(ClusterRound round, Cluster cluster, Operator operator, SimFleet fleet) throws Exception {
        System.out.println(round);
        try {
            // New to the network: the pauses between their attempts are those of the first failures.
            fleet.startAnew();
            long term = epoch(cluster);
            Strikes strikes = new Strikes(cluster, fleet.agents(), program);
            Instant struck = strike(round, operator, fleet, strikes);
            Rollout ended = operator.ended(round.rollout(), strikes::startWhatEnded);
            fleet.awaitDelivered();
            strikes.awaitWhole();
            try (Connection database = cluster.database().connect()) {
                new ClusterVerdict(database).holds(round, ended, fleet.agents());
            }
            tally.add(round, ended, epoch(cluster) - term, back(round, struck, fleet));
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    "make chaos SEED=" + round.seed() + " ROUNDS=0 HOST_ROUNDS=0 CLUSTER_ROUNDS=1: " + round + "\n" + e
                            + "\n" + cluster.logs(),
                    e);
        }
    }

    private static long epoch(Cluster cluster) {
        return cluster.awaitLease().epoch();
    }

    /** @return when the first fault struck */
    private static Instant strike(ClusterRound round, Operator operator, SimFleet fleet, Strikes strikes)
            throws Exception {
        CountDownLatch changing = new CountDownLatch(1);
        for (int i = 0; i < fleet.agents().size(); i++) {
            SimHost host = fleet.agents().get(i).host();
            host.expect(round.ill().contains(i));
            host.atNextChange(changing::countDown);
        }
        if (round.moment() == ClusterRound.Moment.BEFORE) {
            Instant struck = Instant.now();
            strikes.strike(round.fault());
            // There may be no answer before all is mended, so it is not waited for.
            try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> created = thread.submit(() -> operator.rollOut(round.rollout(), round.waves()));
                goOn(round, strikes);
                created.get();
            }
            return struck;
        }
        operator.rollOut(round.rollout(), round.waves());
        if (round.moment() == ClusterRound.Moment.CHANGING && !changing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no host began");
        }
        // Into what is under way, as deep as the seed says.
        Thread.sleep(round.delay());
        Instant struck = Instant.now();
        strikes.strike(round.fault());
        goOn(round, strikes);
        return struck;
    }

    /** How far apart strikes are and how long they last is what the round's seed says: these sleeps wait for nothing. */
    private static void goOn(ClusterRound round, Strikes strikes) throws Exception {
        if (round.second().isPresent()) {
            Thread.sleep(round.apart());
            strikes.strike(round.second().get());
        }
        Thread.sleep(round.lasts());
        strikes.mend();
    }

    /** Of those that had to come again. Zero where something else happened too. */
    private static Duration back(ClusterRound round, Instant struck, SimFleet fleet) throws IOException {
        Duration slowest = Duration.ZERO;
        boolean kill = round.fault() == ClusterFault.KILL_LEADER || round.fault() == ClusterFault.KILL_FOLLOWER;
        if (kill && round.second().isEmpty()) {
            for (SimAgent agent : fleet.agents()) {
                Duration back = Duration.between(struck, agent.connectedSince().orElseThrow());
                slowest = slowest.compareTo(back) > 0 ? slowest : back;
            }
        }
        return slowest;
    }
}
