package dev.drydock.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Scenario;
import dev.drydock.proto.v1.SimulateRequest;
import dev.drydock.proto.v1.SimulateUpdate;
import dev.drydock.proto.v1.SimulatedGroup;
import dev.drydock.proto.v1.SimulatedRollout;
import dev.drydock.proto.v1.SimulationServiceGrpc;
import dev.drydock.proto.v1.SimulationServiceGrpc.SimulationServiceBlockingStub;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationServiceTest {
    @TempDir
    private Path directory;

    private TestServer server;
    private SimulationServiceBlockingStub client;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer(directory, self -> List.of(new SimulationService(self.streams())));
        client = server.client(SimulationServiceGrpc::newBlockingStub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Duration minutes(int minutes) {
        return Duration.newBuilder().setSeconds(minutes * 60L).build();
    }

    private static Scenario.Builder scenario(int hosts, int months) {
        Scenario.Builder scenario = Scenario.newBuilder().setSeed(3);
        scenario.getFleetBuilder().setHosts(hosts);
        SimulatedGroup.Builder group = scenario.getFleetBuilder().addGroupsBuilder();
        group.setName("web").setShare(1);
        group.getDurationBuilder().setP50(minutes(10)).setP95(minutes(25));
        group.getFailuresBuilder().setRolledBack(0.02).setLost(0.01);
        group.getOfflineBuilder().setShare(0.1);
        scenario.getWindowBuilder()
                .setRrule("FREQ=DAILY")
                .setStart("2026-12-01T02:00")
                .setZone("UTC")
                .setDuration(minutes(120))
                .setCutoff(minutes(30));
        scenario.getStrategyBuilder().addWaves("10%").setFailureThreshold("50%").setMaxConcurrent("20");
        scenario.getSpanBuilder().setFrom("2026-12-01").setMonths(months);
        scenario.getReleasesBuilder().setRrule("FREQ=WEEKLY").setSupersede(true);
        return scenario;
    }

    private List<SimulateUpdate> simulate(Scenario.Builder scenario) {
        List<SimulateUpdate> updates = new ArrayList<>();
        client.simulate(SimulateRequest.newBuilder().setScenario(scenario).build())
                .forEachRemaining(updates::add);
        return updates;
    }

    @Test
    void tellsOfProgressAndThenTheResult() {
        List<SimulateUpdate> updates = simulate(scenario(100, 1));

        assertThat(updates.subList(0, updates.size() - 1))
                .isNotEmpty()
                .allMatch(SimulateUpdate::hasProgress)
                .extracting(update -> update.getProgress().getReached().getSeconds())
                .isSorted();
        var result = updates.getLast().getResult();
        assertThat(result.getScenario()).isEqualTo(scenario(100, 1).build());
        assertThat(result.getRolloutsCount()).isEqualTo(5);
        assertThat(result.getUpToDateCount()).isEqualTo(241);
        SimulatedRollout first = result.getRollouts(0);
        assertThat(first.getState()).isEqualTo(RolloutState.COMPLETED_WITH_FAILURES);
        var hosts = first.getHosts();
        assertThat(hosts.getPatched()
                        + hosts.getRolledBack()
                        + hosts.getRollbackFailed()
                        + hosts.getLost()
                        + hosts.getOffline()
                        + hosts.getBusy()
                        + hosts.getCluster()
                        + hosts.getSpared()
                        + hosts.getSuperseded()
                        + hosts.getNoTime())
                .isEqualTo(100);
    }

    @Test
    void theSameScenarioGivesTheSameBytes() {
        assertThat(simulate(scenario(100, 1)).getLast().toByteArray())
                .isEqualTo(simulate(scenario(100, 1)).getLast().toByteArray());
    }

    @Test
    void everyProblemAtOnce() {
        Scenario.Builder bad = scenario(0, 99);
        bad.getWindowBuilder().setZone("Mars/Base");
        bad.getStrategyBuilder().setSoak(Duration.newBuilder().setSeconds(Long.MAX_VALUE));

        assertThatThrownBy(() -> simulate(bad))
                .hasMessageContainingAll("strategy.soak: ", "fleet.hosts: 0 is", "window.zone: ", "span.months: 99 is")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(StatusRuntimeException.class))
                .extracting(refused -> refused.getStatus().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** Large enough not to end by itself within the test. */
    @Test
    void oneAtATimeAndACallerThatLeavesEndsIt() {
        Context.CancellableContext leaving = Context.current().withCancellation();
        leaving.run(() -> {
            Iterator<SimulateUpdate> large = client.simulate(SimulateRequest.newBuilder()
                    .setScenario(scenario(100_000, 12))
                    .build());
            assertThat(large.next().hasProgress()).isTrue();
        });
        assertThatThrownBy(() -> simulate(scenario(10, 1)))
                .hasMessageContaining("Another simulation is running. Try again when it is done.");

        leaving.cancel(null);

        Awaitility.await()
                .ignoreExceptions()
                .until(() -> simulate(scenario(10, 1)).getLast().hasResult());
    }
}
