package dev.drydock.controller.metrics;

import static dev.drydock.controller.run.Runs.NOON;
import static dev.drydock.controller.run.Runs.offered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notify.Notification;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDirectory;
import dev.drydock.controller.rollout.RolloutState;
import dev.drydock.controller.rollout.SampleRollouts;
import dev.drydock.controller.rollout.TestHosts;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Registry registry = new Registry("1.2.3");
    private final AtomicLong nanos = new AtomicLong();

    private String value(String series) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .findFirst()
                .map(line -> line.substring(series.length() + 1))
                .orElse("nothing");
    }

    private static Run ended(Run run, RunState outcome) {
        Run begun = RunProjection.apply(run, Runs.accepted());
        begun = RunProjection.apply(begun, Runs.transition(2, RunState.ACCEPTED, RunState.RUNNING));
        return RunProjection.conclude(begun, outcome, "", NOON.plusSeconds(47));
    }

    @Test
    void aRunEndsOnceHoweverOftenItIsTold() {
        RunMeters meters = new RunMeters(registry);
        Run succeeded = ended(offered("r-1", "h-1"), RunState.SUCCEEDED);
        meters.runChanged(offered("r-1", "h-1"));
        meters.runChanged(succeeded);
        meters.runChanged(succeeded);
        assertThat(value("drydock_runs_ended_total{outcome=\"succeeded\"}")).isEqualTo("1.0");
        assertThat(value("drydock_run_duration_seconds_count{outcome=\"succeeded\"}"))
                .isEqualTo("1");
        assertThat(value("drydock_run_duration_seconds_sum{outcome=\"succeeded\"}"))
                .isEqualTo("45.0");
        assertThat(value("drydock_run_duration_seconds_bucket{outcome=\"succeeded\",le=\"30.0\"}"))
                .isEqualTo("0");
        assertThat(value("drydock_run_duration_seconds_bucket{outcome=\"succeeded\",le=\"60.0\"}"))
                .isEqualTo("1");
    }

    @Test
    void aRunThatWasLostAndThenSaysHowItEndedIsBoth() {
        RunMeters meters = new RunMeters(registry);
        meters.runChanged(ended(offered("r-1", "h-1"), RunState.LOST));
        meters.runChanged(ended(offered("r-1", "h-1"), RunState.ROLLED_BACK));
        assertThat(value("drydock_runs_ended_total{outcome=\"lost\"}")).isEqualTo("1.0");
        assertThat(value("drydock_runs_ended_total{outcome=\"rolled_back\"}")).isEqualTo("1.0");
    }

    @Test
    void rolloutsAreCountedWhereTheyStandAndWhenTheyEnd() {
        Rollout planned = SampleRollouts.planned(3);
        RolloutMeters meters = new RolloutMeters(registry, live(planned), nanos::get);
        assertThat(value("drydock_rollouts{state=\"scheduled\"}")).isEqualTo("1.0");
        assertThat(value("drydock_rollouts{state=\"running\"}")).isEqualTo("0.0");
        assertThat(value("drydock_rollouts_waiting_hosts")).isEqualTo("3.0");
        Rollout stopped = SampleRollouts.in(RolloutState.STOPPED, planned);
        meters.decided(planned, stopped, List.of(), 2, NOON);
        meters.decided(stopped, stopped, List.of(), 0, NOON);
        assertThat(value("drydock_rollouts_ended_total{state=\"stopped\"}")).isEqualTo("1.0");
        assertThat(value("drydock_window_openings_missed_total")).isEqualTo("2.0");
    }

    private static RolloutDirectory live(Rollout rollout) {
        return new RolloutDirectory() {
            @Override
            public Optional<Rollout> find(String nameOrId) {
                return Optional.empty();
            }

            @Override
            public List<Rollout> list() {
                return List.of();
            }

            @Override
            public List<Rollout> live() {
                return List.of(rollout);
            }
        };
    }

    @Test
    void hostsAreInTheFirstStateThatHolds() {
        TestHosts hosts = new TestHosts(2);
        hosts.put(3, true, true, true);
        hosts.put(4, true, false, true);
        hosts.put(5, false, false, false);
        FleetMeters.register(registry, hosts, () -> 7, () -> NOON, nanos::get);
        assertThat(value("drydock_agents_connected")).isEqualTo("7.0");
        assertThat(value("drydock_hosts{state=\"online\"}")).isEqualTo("2.0");
        assertThat(value("drydock_hosts{state=\"offline\"}")).isEqualTo("1.0");
        assertThat(value("drydock_hosts{state=\"drained\"}")).isEqualTo("1.0");
        assertThat(value("drydock_hosts{state=\"revoked\"}")).isEqualTo("1.0");
        assertThat(value("drydock_compliance_hosts{state=\"unknown\"}")).isEqualTo("4.0");
    }

    @Test
    void theFleetIsLookedAtOnceAMinuteAtMost() {
        TestHosts hosts = new TestHosts(1);
        FleetMeters.register(registry, hosts, () -> 0, () -> NOON, nanos::get);
        assertThat(value("drydock_hosts{state=\"online\"}")).isEqualTo("1.0");
        hosts.put(2, true, false, false);
        nanos.addAndGet(FleetMeters.EVERY.toNanos() - 1);
        assertThat(value("drydock_hosts{state=\"online\"}")).isEqualTo("1.0");
        nanos.incrementAndGet();
        assertThat(value("drydock_hosts{state=\"online\"}")).isEqualTo("2.0");
    }

    @Test
    void whatCannotBeReadIsNoNumberAndIsNotAskedForByEverySeries() {
        AtomicInteger asked = new AtomicInteger();
        new UpkeepMeters(registry, nanos::get).notifications(() -> {
            asked.incrementAndGet();
            throw new IllegalStateException("no database");
        });
        assertThat(value("drydock_notifications{state=\"failed\"}")).isEqualTo("NaN");
        assertThat(value("drydock_notifications{state=\"pending\"}")).isEqualTo("NaN");
        assertThat(asked).hasValue(1);
    }

    @Test
    void notificationsAreCountedByState() {
        new UpkeepMeters(registry, nanos::get).notifications(() -> Map.of(Notification.State.FAILED, 3));
        assertThat(value("drydock_notifications{state=\"failed\"}")).isEqualTo("3.0");
        assertThat(value("drydock_notifications{state=\"pending\"}")).isEqualTo("0.0");
    }

    @Test
    void commitsThatFailAreNoWrites() {
        StoreMeters meters = new StoreMeters(registry, () -> 4);
        meters.commitEnded(10, Duration.ofMillis(3), true);
        meters.commitEnded(5, Duration.ofMillis(3), false);
        assertThat(value("drydock_store_committed_writes_total")).isEqualTo("10.0");
        assertThat(value("drydock_store_commits_failed_total")).isEqualTo("1.0");
        assertThat(value("drydock_store_commit_duration_seconds_count")).isEqualTo("1");
        assertThat(value("drydock_store_waiting_writes")).isEqualTo("4.0");
    }

    @Test
    void callsThatStreamAreCountedButNotTimed() {
        ApiMeters meters = new ApiMeters(registry);
        meters.callEnded("RunService/GetRun", false, Status.Code.OK, Duration.ofMillis(7));
        meters.callEnded("RunService/StreamOutput", true, Status.Code.CANCELLED, Duration.ofHours(7));
        assertThat(value("drydock_api_calls_total{method=\"RunService/StreamOutput\",status=\"cancelled\"}"))
                .isEqualTo("1.0");
        assertThat(value("drydock_api_call_duration_seconds_count")).isEqualTo("1");
    }

    /** Names and ids come from outside, and there may be any number of them. */
    @Property(tries = 20)
    void seriesDoNotGrowWithTheFleet(
            @ForAll @Size(min = 2, max = 20) List<@AlphaChars @StringLength(min = 12, max = 20) String> names) {
        Registry own = new Registry("1.2.3");
        RunMeters runs = new RunMeters(own);
        TrafficMeters traffic = new TrafficMeters(own);
        TestHosts hosts = new TestHosts(0);
        FleetMeters.register(own, hosts, () -> 0, () -> NOON, nanos::get);
        long before = series(own);
        for (String name : names) {
            Run run = ended(offered("r-" + name, "h-" + name), RunState.SUCCEEDED);
            runs.runChanged(run);
            traffic.heartbeat();
            traffic.offerSent(run.id(), NOON, NOON);
            traffic.offerAnswered(run.id(), false);
            traffic.resultAcknowledged(run, NOON);
            hosts.put(Host.newBuilder().setId("h-" + name).setName(name).build(), true, false, false);
        }
        nanos.addAndGet(FleetMeters.EVERY.toNanos());
        assertThat(series(own)).isEqualTo(before);
        assertThat(own.scrape()).doesNotContain(names);
    }

    /** Java's own come and go with its collections. */
    private static long series(Registry of) {
        return of.scrape().lines().filter(line -> line.startsWith("drydock_")).count();
    }
}
