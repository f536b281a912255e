package dev.drydock.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drydock.e2e.fleet.Cli;
import dev.drydock.e2e.fleet.Fleet;
import dev.drydock.e2e.fleet.WithFleet;
import dev.drydock.e2e.lab.LabHost;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.v1.HostRun;
import dev.drydock.proto.v1.ListHostsResponse;
import dev.drydock.proto.v1.ListRunsResponse;
import dev.drydock.proto.v1.Rollout;
import dev.drydock.proto.v1.RolloutState;
import dev.drydock.proto.v1.Run;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three months of a fleet of twelve: a frozen window, a canary, an approval, two failures, a pause, a crash, a close, and the rest. */
@WithFleet(
        daysBack = 70,
        controller = {"--certificate-lifetime", "200d"})
class MonthlyRolloutIT {
    private static final Duration LONG = Duration.ofMinutes(8);
    private static final ZoneId ZONE = ZoneId.of("Asia/Tokyo");
    private static final List<String> NAMES =
            IntStream.rangeClosed(1, 12).mapToObj("web-%02d"::formatted).toList();
    /** The two of a database. */
    private static final List<String> PAIR = List.of("web-06", "web-07");

    private static final List<String> ILL = List.of("web-03", "web-11");
    private static final String ROLLOUT = "monthly-patches";

    private static Fleet fleet;
    private static Cli cli;
    private static Transcript transcript;
    private static Map<String, LabHost> hosts;

    @BeforeAll
    static void start(Fleet started) throws IOException {
        fleet = started;
        cli = fleet.cli();
        transcript = new Transcript(cli, "monthly-rollout");
        hosts = fleet.enrolled(NAMES).stream().collect(Collectors.toMap(LabHost::name, host -> host));
        hosts.values().parallelStream().forEach(host -> host.install("lab-ok=1.0"));
        PAIR.forEach(name -> cli.ok("host", "label", name, "cluster=shop-db"));
        ILL.forEach(name -> Objects.requireNonNull(hosts.get(name)).sh("touch /run/lab-ill"));
        fleet.push("monthly", Playbooks.header("monthly") + """
                  steps:
                    - name: Update
                      os.packages: {packages: [lab-ok]}
                      timeout: 3m
                      rollbackTimeout: 3m
                    - name: Ill hosts disappoint
                      command.run: {argv: [/usr/bin/test, "!", -e, /run/lab-ill], undo: [/bin/true]}
                  verify:
                    - service.active: [nginx]
                """);
        Users.make(fleet, "olga", "operator");
        Users.make(fleet, "anna", "approver");
    }

    @Test
    void fromAFreezeToTheLastHostTwoMonthsLater() {
        LocalDate first = firstOpening();
        transcript.says("A monthly window at 02:00 in Tokyo, of which the first opening is frozen.");
        transcript.types("calendar", "create", "year-end", "--dates", first + "/" + first, "--timezone", ZONE.getId());
        transcript.types(
                "window",
                "create",
                "monthly",
                "--rrule",
                "FREQ=MONTHLY;BYMONTHDAY=" + first.getDayOfMonth(),
                "--start",
                first + "T02:00",
                "--zone",
                ZONE.getId(),
                "--duration",
                "1h",
                "--cutoff",
                "10m",
                "--calendar",
                "year-end");
        transcript.types("window", "next", "monthly", "--count", "2");
        List<Instant> openings = IntStream.range(0, 3)
                .mapToObj(month ->
                        first.plusMonths(month).atTime(2, 0).atZone(ZONE).toInstant())
                .toList();
        transcript.types(
                "rollout",
                "create",
                ROLLOUT,
                "--playbook",
                "monthly",
                "--hosts",
                "host.name.startsWith(\"web-\")",
                "--window",
                "monthly",
                "--wave",
                "1",
                "--wave",
                "25%",
                "--approve-before",
                "2",
                "--failure-threshold",
                "2",
                "--max-concurrent",
                "3",
                "--never-together",
                "labels.cluster",
                "--context",
                "olga");
        assertThat(rollout().getWavesList())
                .extracting(wave -> wave.getHostsCount())
                .containsExactly(1, 3, 8);

        transcript.says("In the frozen opening nothing begins.");
        moveTo(openings.get(0).plus(Duration.ofMinutes(5)));
        assertThat(rollout().getState()).isEqualTo(RolloutState.SCHEDULED);
        assertThat(instant(rollout().getOpening().getOpens())).isEqualTo(openings.get(1));
        assertThat(runs()).isEmpty();

        transcript.says("A month later: the canary, and then it waits for a second person.");
        moveTo(openings.get(1).minusSeconds(20));
        await("the canary", r -> r.getState() == RolloutState.AWAITING_APPROVAL);
        assertThat(versions()).containsEntry("web-01", "2.0");
        assertThat(patched()).containsExactly("web-01");
        transcript.types("rollout", "show", ROLLOUT);
        transcript.types("rollout", "approve", ROLLOUT, "--comment", "the canary is well", "--context", "anna");

        transcript.says("A quarter, of which one host fails; then all, which somebody pauses when it has begun.");
        await("the last wave", MonthlyRolloutIT::lastWaveWorks);
        transcript.types("rollout", "pause", ROLLOUT, "--context", "olga");
        Map<String, String> offered = offered();
        fleet.controller().kill();
        fleet.controller().start();
        await("what ran has ended", r -> open(r, 1) + open(r, 2) + open(r, 3) == 0);
        assertThat(rollout().getState()).isEqualTo(RolloutState.PAUSED);
        transcript.says("The controller was killed and started meanwhile. What ran has ended, nothing else began.");
        transcript.types("rollout", "show", ROLLOUT);
        Map<String, String> ran = offered();
        assertThat(offered).as("paused, whatever restarts").containsAllEntriesOf(ran);
        List<String> later =
                NAMES.stream().filter(name -> !ran.containsKey(name)).toList();
        assertThat(later).hasSizeBetween(4, 7).contains("web-11");
        assertThat(versions()).containsEntry("web-03", "1.0");

        transcript.says("The window closes. Resumed after it, the rollout waits for the next month.");
        moveTo(openings.get(1).plus(Duration.ofMinutes(61)));
        transcript.types("rollout", "resume", ROLLOUT, "--context", "olga");
        await(
                "the next opening",
                r -> r.getState() == RolloutState.SCHEDULED
                        && instant(r.getOpening().getOpens()).equals(openings.get(2)));
        assertThat(offered()).isEqualTo(ran);

        transcript.says("Another month later: the rest.");
        moveTo(openings.get(2).minusSeconds(20));
        await("the end", r -> r.getState() == RolloutState.COMPLETED_WITH_FAILURES);
        transcript.types("rollout", "show", ROLLOUT);
        transcript.types("report", "rollout", ROLLOUT);

        List<String> well = NAMES.stream().filter(name -> !ILL.contains(name)).toList();
        assertThat(patched()).containsExactlyElementsOf(well);
        ILL.forEach(name -> assertThat(versions()).containsEntry(name, "1.0"));
        hosts.values().forEach(host -> assertThat(host.unitState("nginx")).isEqualTo("active"));
        assertRuns(openings, later);
    }

    private static void assertRuns(List<Instant> openings, List<String> later) {
        List<Run> runs = runs();
        assertThat(runs).as("each host once").extracting(Run::getHost).containsExactlyInAnyOrderElementsOf(NAMES);
        for (Run run : runs) {
            Instant opens = openings.get(later.contains(run.getHost()) ? 2 : 1);
            assertThat(instant(run.getWindowCloses())).as(run.getHost()).isEqualTo(opens.plus(Duration.ofHours(1)));
            assertThat(instant(run.getStartedAt())).isBetween(opens, opens.plus(Duration.ofMinutes(50)));
            assertThat(instant(run.getEndedAt())).isBefore(opens.plus(Duration.ofHours(1)));
            assertThat(run.getState())
                    .as(run.getHost() + " " + run.getReason())
                    .isEqualTo(ILL.contains(run.getHost()) ? RunState.ROLLED_BACK : RunState.SUCCEEDED);
        }
        List<Run> pair =
                runs.stream().filter(run -> PAIR.contains(run.getHost())).toList();
        assertThat(overlap(pair.get(0), pair.get(1)))
                .as("the pair was never down together")
                .isFalse();
    }

    private static boolean overlap(Run one, Run other) {
        return instant(one.getStartedAt()).isBefore(instant(other.getEndedAt()))
                && instant(other.getStartedAt()).isBefore(instant(one.getEndedAt()));
    }

    /** Soon, on a day that every month has. */
    private static LocalDate firstOpening() {
        LocalDate soon = LocalDate.ofInstant(fleet.clock().now(), ZONE).plusDays(2);
        return soon.getDayOfMonth() > 28 ? soon.plusMonths(1).withDayOfMonth(1) : soon;
    }

    /** Returns when the controller has heard of all hosts at that time or later. */
    private static void moveTo(Instant time) {
        fleet.clock().moveTo(time);
        Awaitility.await("a sign of life of all hosts at " + time)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> cli.json(ListHostsResponse.getDefaultInstance(), "host", "list").getHostsList().stream()
                                .filter(host -> !instant(host.getLastSeen()).isBefore(time))
                                .count()
                        == NAMES.size());
    }

    private static void await(String what, Predicate<Rollout> until) {
        Awaitility.await(what)
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(400))
                .until(MonthlyRolloutIT::rollout, until);
    }

    private static Rollout rollout() {
        return cli.json(Rollout.getDefaultInstance(), "rollout", "show", ROLLOUT);
    }

    private static boolean lastWaveWorks(Rollout rollout) {
        return rollout.getWaves(2).getHostsList().stream()
                .anyMatch(host -> host.getState() == RunState.RUNNING || host.getState() == RunState.SUCCEEDED);
    }

    private static long open(Rollout rollout, int wave) {
        return rollout.getWaves(wave - 1).getHostsList().stream()
                .filter(host -> switch (host.getState()) {
                    case OFFERED, ACCEPTED, PREFLIGHT, RUNNING, VERIFYING, ROLLING_BACK -> true;
                    default -> false;
                })
                .count();
    }

    /** The run of each host that was offered one and did not have it withdrawn. */
    private static Map<String, String> offered() {
        return rollout().getWavesList().stream()
                .flatMap(wave -> wave.getHostsList().stream())
                .filter(host -> !host.getRunId().isEmpty() && host.getState() != RunState.CANCELLED)
                .collect(Collectors.toMap(HostRun::getHost, HostRun::getRunId));
    }

    /** Without offers that were withdrawn before an agent took them. */
    private static List<Run> runs() {
        return cli
                .json(ListRunsResponse.getDefaultInstance(), "run", "list", "--rollout", ROLLOUT)
                .getRunsList()
                .stream()
                .filter(run -> run.getState() != RunState.CANCELLED)
                .toList();
    }

    private static Map<String, String> versions() {
        return hosts.entrySet().parallelStream().collect(Collectors.toMap(Map.Entry::getKey, host -> host.getValue()
                .version("lab-ok")));
    }

    private static List<String> patched() {
        Map<String, String> versions = versions();
        return NAMES.stream().filter(name -> "2.0".equals(versions.get(name))).toList();
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
