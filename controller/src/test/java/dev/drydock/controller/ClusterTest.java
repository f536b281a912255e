package dev.drydock.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.Cluster.One;
import dev.drydock.controller.cluster.Leases.Term;
import dev.drydock.controller.cluster.MemberStatus;
import dev.drydock.controller.store.PostgresAddress;
import dev.drydock.controller.store.TestPostgres;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three controllers on one database, and what is done to them while they roll out. Each story ends by holding the record against what the
 * agents did: every host has its runs, each was begun once, and all of it is durable.
 */
final class ClusterTest {
    private static final int AGENTS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String[] WAVES = {"2", "5", "100%"};

    @TempDir
    Path directory;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<ClusterAgent> agents = new ArrayList<>();
    private Cluster cluster;
    private ClusterOperator operator;
    private int rollouts;

    @BeforeEach
    void start() throws Exception {
        PostgresAddress database = TestPostgres.empty();
        cluster = new Cluster(directory, database, 3);
        operator = new ClusterOperator(cluster.ca(), cluster.apiPort(), cluster.token());
        operator.prepare();
        String token = operator.token(AGENTS);
        for (int i = 0; i < AGENTS; i++) {
            agents.add(
                    ClusterAgent.enrol("host-" + i, token, cluster.ca(), cluster.agentPort(), thread, new Random(i)));
        }
        awaitConnected();
    }

    @AfterEach
    void stop() throws Exception {
        agents.forEach(ClusterAgent::close);
        operator.close();
        cluster.close();
        thread.shutdownNow();
    }

    @Test
    void agentsComeByAnyOfThemAndWhoeverDiesNothingIsLostOrDoubled() throws Exception {
        List<MemberStatus> members = await("all three are known, with agents on each")
                .atMost(PATIENCE)
                .until(
                        cluster.leases()::members,
                        all -> all.size() == 3 && all.stream().allMatch(one -> one.connections() > 0));
        assertThat(members).filteredOn(MemberStatus::leads).hasSize(1);
        eachAnswersForItselfAndAllAreListed();
        completed(rollOut());

        // A follower dies in a wave: its agents come by others.
        String name = rollOut();
        awaitBegun(name);
        One follower = cluster.follower();
        follower.process.close();
        completed(name);
        cluster.start(follower);

        // The leader dies in a wave.
        name = rollOut();
        awaitBegun(name);
        Term before = cluster.term();
        One leader = cluster.leader();
        leader.process.close();
        completed(name);
        assertThat(cluster.term().epoch()).isGreaterThan(before.epoch());
        cluster.start(leader);

        // An upgrade: one after the other stops in order and starts again, the leader too, with a rollout under way.
        name = rollOut();
        awaitBegun(name);
        for (One one : cluster.all()) {
            assertThat(one.process.terminate()).isZero();
            cluster.start(one);
        }
        completed(name);
        asTheRecordSays();
    }

    @Test
    void aLeaderThatWasFrozenOrCutOffWritesNothingMore() throws Exception {
        // Frozen in a wave for longer than its lease, then it goes on.
        String name = rollOut();
        awaitBegun(name);
        Term before = cluster.term();
        One frozen = cluster.leader();
        frozen.process.signal("STOP");
        Term after = cluster.termAfter(before.epoch());
        assertThat(after.leader().name()).isNotEqualTo(frozen.name());
        frozen.process.signal("CONT");
        await("it follows").atMost(PATIENCE).until(() -> frozen.process.log().contains("does not lead any more"));
        completed(name);
        assertThat(frozen.process.isAlive()).isTrue();

        // Cut off from the database in a wave: it steps down by itself, and its agents go to the next.
        name = rollOut();
        awaitBegun(name);
        before = cluster.term();
        One cutOff = cluster.leader();
        cluster.partition(cutOff);
        assertThat(cluster.termAfter(before.epoch()).leader().name()).isNotEqualTo(cutOff.name());
        completed(name);
        cluster.heal(cutOff);
        asTheRecordSays();
    }

    private void eachAnswersForItselfAndAllAreListed() throws Exception {
        One leader = cluster.leader();
        assertThat(operator.controllers())
                .extracting(dev.drydock.proto.v1.Controller::getName)
                .containsExactlyElementsOf(
                        cluster.all().stream().map(One::name).sorted().toList());
        assertThat(operator.controllers())
                .filteredOn(dev.drydock.proto.v1.Controller::getLeads)
                .singleElement()
                .satisfies(one -> assertThat(one.getName()).isEqualTo(leader.name()))
                .satisfies(one ->
                        assertThat(one.getTerm()).isEqualTo(cluster.term().epoch()));
        for (One one : cluster.all()) {
            assertThat(ask(one, "/healthz")).as(one.name()).isEqualTo("ok\n");
            assertThat(ask(one, "/readyz")).as(one.name()).isEqualTo("ok\n");
            assertThat(ask(one, "/metrics").lines())
                    .contains("drydock_member_leads " + (one == leader ? "1.0" : "0.0"));
        }
    }

    private static String ask(One one, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one.memberPort + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String rollOut() {
        String name = "r-" + ++rollouts;
        operator.rollOut(name, WAVES);
        return name;
    }

    private void awaitBegun(String name) {
        await("the second wave of " + name).atMost(PATIENCE).until(() -> operator.rollout(name)
                .map(rollout -> rollout.getCurrentWave() >= 2)
                .orElse(false));
    }

    private void completed(String name) throws Exception {
        try {
            await(name)
                    .atMost(PATIENCE)
                    .until(
                            () -> operator.rollout(name).map(Rollout::getState),
                            state -> state.equals(Optional.of(RolloutState.COMPLETED)));
        } catch (RuntimeException e) {
            throw new AssertionError(operator.rollout(name) + "\n" + cluster.logs(), e);
        }
    }

    private void awaitConnected() throws Exception {
        try {
            await("agents").atMost(PATIENCE).until(() -> agents.stream().allMatch(ClusterAgent::isConnected));
        } catch (RuntimeException e) {
            throw new AssertionError(cluster.logs(), e);
        }
    }

    private void asTheRecordSays() throws Exception {
        Map<String, Map<String, Long>> did = new HashMap<>();
        for (ClusterAgent agent : agents) {
            did.put(agent.name, agent.runs());
        }
        for (int i = 1; i <= rollouts; i++) {
            Rollout rollout = operator.rollout("r-" + i).orElseThrow();
            List<HostRun> runs = rollout.getWavesList().stream()
                    .flatMap(wave -> wave.getHostsList().stream())
                    .toList();
            assertThat(runs).hasSize(AGENTS).allMatch(run -> run.getState() == RunState.SUCCEEDED);
            for (HostRun run : runs) {
                assertThat(did.get(run.getHost()))
                        .as(run.getHost())
                        .containsEntry(run.getRunId(), ClusterAgent.whole());
            }
        }
        assertThat(did.values()).as("each host's runs: one a rollout").allMatch(runs -> runs.size() == rollouts);
    }
}
