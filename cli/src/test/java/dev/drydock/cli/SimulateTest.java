package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cli.output.Width;
import dev.drydock.proto.v1.HostCounts;
import dev.drydock.proto.v1.Milestone;
import dev.drydock.proto.v1.OpeningOutcome;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Scenario;
import dev.drydock.proto.v1.SimulateRequest;
import dev.drydock.proto.v1.SimulateUpdate;
import dev.drydock.proto.v1.SimulatedRollout;
import dev.drydock.proto.v1.SimulationAdvice;
import dev.drydock.proto.v1.SimulationProgress;
import dev.drydock.proto.v1.SimulationResult;
import dev.drydock.proto.v1.ThresholdCatch;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code drydock simulate}: from the file to the request, and from the result to what is read. */
class SimulateTest extends FunctionalTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(apiVersion: .*?)```", Pattern.DOTALL);

    private String file = "";

    @BeforeEach
    void theExampleOfTheDocumentation() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/simulate.md")));
        assertThat(example.find()).isTrue();
        file = shell.file("year.yaml", example.group(1)).toString();
        plane.answer(
                "Simulate",
                SimulateUpdate.newBuilder()
                        .setProgress(SimulationProgress.newBuilder()
                                .setReached(Fleet.at("2027-01-01T00:00:00Z"))
                                .setFrom(Fleet.at("2026-12-01T00:00:00Z"))
                                .setUntil(Fleet.at("2027-03-01T00:00:00Z")))
                        .build(),
                SimulateUpdate.newBuilder().setResult(result()).build());
    }

    private static SimulationResult result() {
        Scenario.Builder scenario = Scenario.newBuilder().setSeed(7);
        scenario.getFleetBuilder().setHosts(2_000);
        scenario.getWindowBuilder().setZone("Asia/Tokyo");
        return SimulationResult.newBuilder()
                .setScenario(scenario)
                .setFrom(Fleet.at("2026-11-30T15:00:00Z"))
                .setUntil(Fleet.at("2027-01-31T15:00:00Z"))
                .addRollouts(SimulatedRollout.newBuilder()
                        .setNumber(1)
                        .setReleasedAt(Fleet.at("2026-12-07T15:00:00Z"))
                        .setState(RolloutState.COMPLETED_WITH_FAILURES)
                        .setEndedAt(Fleet.at("2026-12-19T19:00:00Z"))
                        .setHosts(HostCounts.newBuilder()
                                .setPatched(1_950)
                                .setRolledBack(12)
                                .setLost(1)
                                .setOffline(36)
                                .setCluster(1))
                        .addMilestones(Milestone.newBuilder().setPercent(50).setAfterRelease(Fleet.seconds(450_000)))
                        .addMilestones(Milestone.newBuilder().setPercent(90).setAfterRelease(Fleet.seconds(1_050_000)))
                        .addOpenings(OpeningOutcome.newBuilder()
                                .setOpens(Fleet.at("2026-12-12T17:00:00Z"))
                                .setBegun(1_320)
                                .setLeftOver(640)
                                .setSilent(1)
                                .setUsedShare(0.863)
                                .setPeak(150)
                                .setTooShort(true))
                        .addOpenings(OpeningOutcome.newBuilder()
                                .setOpens(Fleet.at("2026-12-19T17:00:00Z"))
                                .setBegun(640)))
                .addRollouts(SimulatedRollout.newBuilder()
                        .setNumber(2)
                        .setReleasedAt(Fleet.at("2027-01-11T15:00:00Z"))
                        .setState(RolloutState.STOPPED)
                        .setEndedAt(Fleet.at("2027-01-16T17:12:00Z"))
                        .setHosts(HostCounts.newBuilder()
                                .setPatched(19)
                                .setRolledBack(1)
                                .setSpared(1_980))
                        .addOpenings(OpeningOutcome.newBuilder().setBegun(20))
                        .setCaught(ThresholdCatch.newBuilder()
                                .setAt(Fleet.at("2027-01-16T17:11:00Z"))
                                .setWave(1)
                                .setWhy("wave 1: 1 of 20 hosts failed, none may")
                                .setFailed(1)
                                .setBegun(20)
                                .setSpared(1_980)
                                .setWouldHaveFailed(11)))
                .setNeverPatched(1)
                .addAllUpToDate(IntStream.rangeClosed(0, 240)
                        .mapToObj(i -> i < 60 ? 0.0 : i < 100 ? 0.65 : i < 200 ? 0.975 : 0.01)
                        .toList())
                .addAdvice(SimulationAdvice.newBuilder()
                        .setRollout(1)
                        .setKnob(SimulationAdvice.Knob.WINDOW_DURATION)
                        .setNow("4h")
                        .setEnough("5h30m")
                        .setTried(2)
                        .setLimit("2d"))
                .addAdvice(SimulationAdvice.newBuilder()
                        .setRollout(1)
                        .setKnob(SimulationAdvice.Knob.MAX_CONCURRENT)
                        .setNow("150")
                        .setTried(4)
                        .setLimit("2000")
                        .setBecause("hosts are left over even then"))
                .build();
    }

    private Scenario asked() {
        return plane.asked(SimulateRequest.class).getLast().getScenario();
    }

    @Test
    void sendsWhatTheFileSays() {
        assertThat(shell.run("simulate", file).exitCode()).isZero();

        Scenario scenario = asked();
        assertThat(scenario.getFleet().getHosts()).isEqualTo(2_000);
        assertThat(scenario.getFleet().getGroups(0).getShare()).isEqualTo(0.8);
        assertThat(scenario.getFleet().getGroups(0).getFailures().getRolledBack())
                .isEqualTo(0.005);
        assertThat(scenario.getFleet().getGroups(1).getClusterSize()).isEqualTo(2);
        assertThat(scenario.getFleet().getGroups(1).getDuration().getP95().getSeconds())
                .isEqualTo(2_400);
        assertThat(scenario.getWindow().getStart()).isEqualTo("2026-12-06T02:00");
        assertThat(scenario.getWindow().hasReserve()).isFalse();
        assertThat(scenario.getStrategy().getWavesList()).containsExactly("1%", "10%");
        assertThat(scenario.getStrategy().getMaxConcurrent()).isEqualTo("150");
        assertThat(scenario.getReleases().getSupersede()).isTrue();
        assertThat(scenario.getSpan().getFrom()).isEqualTo("2026-12-01");
        assertThat(scenario.getSeed()).isEqualTo(7);
    }

    @Test
    void optionsWinOverTheFile() {
        shell.run(
                "simulate",
                file,
                "--hosts",
                "5",
                "--months",
                "2",
                "--seed",
                "9",
                "--window-duration",
                "6h",
                "--max-concurrent",
                "10%");

        assertThat(asked().getFleet().getHosts()).isEqualTo(5);
        assertThat(asked().getSpan().getMonths()).isEqualTo(2);
        assertThat(asked().getSeed()).isEqualTo(9);
        assertThat(asked().getWindow().getDuration().getSeconds()).isEqualTo(21_600);
        assertThat(asked().getStrategy().getMaxConcurrent()).isEqualTo("10%");
    }

    @Test
    void forPeople() {
        Shell.Ended ended = shell.run("simulate", file);

        assertThat(ended.err()).isEmpty();
        Golden.check("simulate", ended.out());
    }

    @Test
    void forScripts() {
        assertThat(shell.run("simulate", file, "--quiet").out()).isEqualTo("1 completed_with_failures\n2 stopped\n");
        assertThat(shell.run("simulate", file, "--output", "json").out())
                .contains("\"wouldHaveFailed\": 11", "\"enough\": \"5h30m\"");
        assertThat(shell.run("simulate", file, "--output", "yaml").out()).contains("neverPatched: 1");
    }

    @Test
    void everyProblemOfTheFileAtOnceWithItsPlace() {
        String bad = shell.file("bad.yaml", """
                        apiVersion: drydock/v1
                        kind: Simulation
                        spec:
                          fleet:
                            hosts: many
                            groups:
                              - name: web
                                share: 0.5
                                duraton: {p50: 8m, p95: 20m}
                          window: {start: 2026-12-06T02:00, zone: UTC, duration: 3 hours}
                          strategy: {waves: [true]}
                          releases: {supersede: perhaps}
                        """).toString();

        Shell.Ended ended = shell.run("simulate", bad);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err().replace(bad, "bad.yaml").lines())
                .containsExactly(
                        "drydock: bad.yaml:4:3: spec: the key 'span' is missing",
                        "bad.yaml:5:12: spec.fleet.hosts: expected a whole number, found 'many'",
                        "bad.yaml:7:9: spec.fleet.groups[0]: the key 'duration' is missing",
                        "bad.yaml:8:16: spec.fleet.groups[0].share: expected a share such as 5% or 0.1%, found the number 0.5",
                        "bad.yaml:9:9: spec.fleet.groups[0].duraton: unknown key 'duraton'; did you mean duration?",
                        "bad.yaml:10:58: spec.window.duration: expected a duration such as 90s, 15m or 1h30m, found '3 hours'",
                        "bad.yaml:11:22: spec.strategy.waves[0]: expected a count such as 4 or a share such as 25%, found the"
                                + " truth value true",
                        "bad.yaml:12:25: spec.releases.supersede: expected true or false, found 'perhaps'",
                        "  next:  See docs/simulate.md for what the file holds.");
        assertThat(plane.asked(SimulateRequest.class)).isEmpty();
    }

    @Test
    void theControllersProblemsHaveTheirPlacesInTheFileToo() {
        plane.refuse(
                "Simulate",
                Status.INVALID_ARGUMENT.withDescription(
                        "fleet.groups[1].cluster_size: 2000 is not between 0 (none) and 1000\n"
                                + "strategy.max_concurrent: 'x' is no number of hosts\n"
                                + "grain: is not between 1s and 10m"));

        Shell.Ended ended = shell.run("simulate", file);

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err().replace(file, "year.yaml").lines().limit(3))
                .containsExactly(
                        "drydock: year.yaml:14:22: spec.fleet.groups[1].clusterSize: 2000 is not between 0 (none) and 1000",
                        "year.yaml:25:20: spec.strategy.maxConcurrent: 'x' is no number of hosts",
                        "year.yaml:4:3: spec.grain: is not between 1s and 10m");
    }

    @Test
    void onATerminalItFits() {
        List<String> lines = shell.on(TestingTerminal.of(44, 30))
                .run("simulate", file)
                .out()
                .lines()
                .filter(line -> line.contains("█") || line.startsWith("ROLL"))
                .toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(Width.of(line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isLessThanOrEqualTo(44));
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(shell.run("simulate", "nowhere.yaml").err())
                .startsWith("drydock: Cannot read nowhere.yaml: there is no such file or folder.");
    }
}
