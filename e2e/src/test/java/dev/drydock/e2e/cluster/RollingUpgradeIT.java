package dev.drydock.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.e2e.lab.Distribution;
import dev.drydock.e2e.lab.FirstVersion;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controllers are upgraded one after the other while they roll out: to a version whose schema is newer ({@link NextVersion}), and, where
 * it is asked for by {@code -Dupgrade.from=COMMIT}, from a commit of the history, which is built for that.
 */
class RollingUpgradeIT {
    private static final int HOSTS = 6;
    private static final List<String> ONE_BY_ONE = List.of("1", "1", "1", "1", "1", "1");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void aRolloutGoesOnAndTheOldOnesFollowButDoNotLead() throws Exception {
        Path old = Distribution.program("drydock-controller");
        oneAfterTheOther(old, NextVersion.of(old, directory.resolve("next")));
    }

    @Test
    @EnabledIfSystemProperty(named = "upgrade.from", matches = "[0-9a-f]{40}")
    void fromAnEarlierCommitToThis() throws Exception {
        String commit = Objects.requireNonNull(System.getProperty("upgrade.from"));
        Path old =
                FirstVersion.distribution(commit, directory.resolve("old")).resolve("drydock/bin/drydock-controller");
        oneAfterTheOther(old, Distribution.program("drydock-controller"));
    }

    private void oneAfterTheOther(Path old, Path next) throws Exception {
        try (Cluster cluster = Cluster.start(directory, old);
                Operator operator = new Operator(cluster.ca(), cluster.apiPort(), cluster.token())) {
            operator.prepare();
            int steps = steps(cluster);
            try (SimFleet fleet = new SimFleet(directory, HOSTS, 1, cluster, operator)) {
                fleet.startAnew();
                operator.rollOut("upgrade", ONE_BY_ONE);
                // A follower: nothing changes but its program.
                Node first = cluster.followers().getFirst();
                upgrade(first, next);
                assertThat(steps(cluster))
                        .as("steps of the schema while an old one leads")
                        .isEqualTo(steps);
                upgrade(cluster.followers().getLast(), next);
                // The last old one leads: with it the schema's version goes.
                Node last = cluster.leader();
                upgrade(last, next);
                await("the new schema").atMost(PATIENCE).until(() -> steps(cluster) > steps);
                completed(operator, "upgrade", fleet);

                // An old one again: it hands on to a new one, and a rollout by way of it is whole.
                assertThat(last.stop()).isZero();
                last.start(old);
                assertThat(cluster.followers()).contains(last);
                operator.rollOut("after", List.of("100%"));
                completed(operator, "after", fleet);

                // It is the only one left: it does not lead, says why, and touches nothing.
                List<Node> others = cluster.othersThan(last);
                others.forEach(Node::kill);
                assertThat(last.exitCode()).isEqualTo(1);
                assertThat(Files.readString(last.log())).contains("was written by a newer Drydock");
                for (Node other : others) {
                    other.begin(next);
                }
                others.forEach(Node::awaitReady);
                operator.rollOut("at-last", List.of("100%"));
                completed(operator, "at-last", fleet);
                assertThat(operator.auditProblem()).isEmpty();
            }
        }
    }

    private static void upgrade(Node node, Path program) throws Exception {
        assertThat(node.stop()).isZero();
        node.start(program);
    }

    private static void completed(Operator operator, String name, SimFleet fleet) {
        Rollout rollout = operator.ended(name, () -> {});
        fleet.awaitDelivered();
        assertThat(rollout.getState()).as("%s", rollout).isEqualTo(RolloutState.COMPLETED);
        assertThat(rollout.getWavesList().stream()
                        .flatMap(wave -> wave.getHostsList().stream())
                        .map(run -> run.getState()))
                .hasSize(HOSTS)
                .containsOnly(RunState.SUCCEEDED);
    }

    private static int steps(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM flyway_schema_history WHERE success")) {
            row.next();
            return row.getInt(1);
        }
    }
}
