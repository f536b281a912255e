package dev.drydock.controller.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;
import dev.drydock.controller.agents.HostView;
import dev.drydock.controller.assessment.Assessment;
import dev.drydock.controller.rollout.Plans;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutEvent;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunProjection;
import dev.drydock.controller.run.Runs;
import dev.drydock.proto.agent.v1.RunState;
import dev.drydock.proto.facts.v1.Host;
import dev.drydock.proto.facts.v1.Packages;
import dev.drydock.proto.facts.v1.PendingUpdate;
import dev.drydock.proto.facts.v1.RebootRequired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComplianceTest {
    private static final Instant NOW = Runs.NOON;
    private static final Duration WEEK = Duration.ofDays(7);

    private static HostView host(String name, Optional<Packages> packages, boolean online, Duration silent) {
        Host.Builder facts = Host.newBuilder()
                .setId("id-" + name)
                .setName(name)
                .putLabels("role", "web")
                .setReboot(RebootRequired.newBuilder().setRequired(name.contains("reboot")));
        packages.ifPresent(facts::setPackages);
        return new HostView(
                facts.build(),
                online,
                Optional.of(NOW.minus(silent)),
                Instant.EPOCH,
                Instant.MAX,
                name.contains("revoked"),
                false,
                name.contains("cloned"),
                Optional.empty());
    }

    private static Optional<Packages> packages(PendingUpdate... pending) {
        return Optional.of(Packages.newBuilder()
                .setRefreshedAt(timestamp(NOW))
                .addAllPending(List.of(pending))
                .build());
    }

    private static PendingUpdate update(String name, boolean security, Duration age) {
        return PendingUpdate.newBuilder()
                .setName(name)
                .setSecurity(security)
                .setFirstSeen(timestamp(NOW.minus(age)))
                .build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }

    private static ComplianceReport report(Map<String, Run> last, HostView... hosts) {
        FleetLines lines = FleetLines.of(List.of(hosts), host -> PendingUpdates.of(host.facts()), NOW, WEEK);
        return new ComplianceReport(
                NOW, WEEK, lines.size(), lines.counts(), FleetLines.rows(lines.inOrder(), last, NOW), 0, List.of());
    }

    @Test
    void sortsHostsByHowUrgentTheyAre() {
        ComplianceReport report = report(
                Map.of(),
                host("done", packages(update("vim", false, Duration.ofDays(90))), true, Duration.ZERO),
                host("pending", packages(update("curl", true, WEEK)), true, Duration.ZERO),
                host("late", packages(update("curl", true, WEEK.plusSeconds(1))), true, Duration.ZERO),
                host("later", packages(update("curl", true, Duration.ofDays(20))), true, Duration.ZERO),
                host("no-facts", Optional.empty(), true, Duration.ZERO),
                host("revoked", packages(), true, Duration.ZERO));

        assertThat(report.rows())
                .extracting(HostCompliance::host)
                .containsExactly("later", "late", "no-facts", "pending", "done");
        assertThat(report.count(ComplianceState.LATE)).isEqualTo(2);
        assertThat(report.count(ComplianceState.UNKNOWN)).isEqualTo(1);
        assertThat(report.count(ComplianceState.UPDATES_PENDING)).isEqualTo(1);
        assertThat(report.count(ComplianceState.COMPLIANT)).isEqualTo(1);
    }

    @Test
    void aHostWithoutAnAgentIsReportedAsSuch() {
        Host waiting = Host.newBuilder()
                .setName("bare")
                .setPackages(packages(update("curl", true, WEEK.plusSeconds(1))).orElseThrow())
                .build();
        Host unread = Host.newBuilder().setName("unread").build();
        Instant old = NOW.minus(Assessment.STALE_AFTER).minusSeconds(1);

        FleetLines lines = FleetLines.of(List.of(), host -> PendingUpdates.of(host.facts()), NOW, WEEK)
                .and(
                        List.of(
                                new Assessment(waiting, "", NOW, "ann"),
                                new Assessment(
                                        waiting.toBuilder().setName("stale").build(), "", old, "ann"),
                                new Assessment(unread, "", NOW, "ann")),
                        NOW,
                        WEEK);

        List<HostCompliance> rows = FleetLines.rows(lines.inOrder(), Map.of(), NOW);
        assertThat(rows)
                .extracting(HostCompliance::host, HostCompliance::state)
                .containsExactly(
                        tuple("bare", ComplianceState.LATE),
                        tuple("stale", ComplianceState.UNKNOWN),
                        tuple("unread", ComplianceState.UNKNOWN));
        assertThat(rows.getFirst().agentlessSeen()).contains(NOW);
        assertThat(rows).allSatisfy(row -> assertThat(row.reason()).startsWith("agentless"));
    }

    @Test
    void saysTheOldestSecurityUpdateAndCountsTheOthers() {
        HostCompliance row = report(
                        Map.of(),
                        host(
                                "reboot",
                                packages(
                                        update("vim", false, Duration.ofDays(60)),
                                        update("curl", true, Duration.ofDays(2)),
                                        update("openssl", true, Duration.ofDays(3))),
                                true,
                                Duration.ZERO))
                .rows()
                .getFirst();

        assertThat(row.oldestPackage()).isEqualTo("openssl");
        assertThat(row.oldestAge()).contains(Duration.ofDays(3));
        assertThat(row.pendingSecurity()).isEqualTo(2);
        assertThat(row.pendingTotal()).isEqualTo(3);
        assertThat(row.rebootRequired()).isTrue();
    }

    @Test
    void aSilentOrClonedHostIsUnknownWhateverItSaidLast() {
        ComplianceReport report = report(
                Map.of(),
                host("a-silent", packages(), false, Compliance.SILENT_AFTER.plusSeconds(1)),
                host("b-cloned", packages(), true, Duration.ZERO),
                host("c-away", packages(), false, Compliance.SILENT_AFTER));

        assertThat(report.rows())
                .extracting(HostCompliance::state)
                .containsExactly(ComplianceState.UNKNOWN, ComplianceState.UNKNOWN, ComplianceState.COMPLIANT);
        assertThat(report.rows())
                .extracting(HostCompliance::reason)
                .containsExactly("silent since 2026-11-23T11:59:59Z", "two machines speak with this identity", "");
    }

    @Test
    void anUpdateWithoutADateIsLateAndOneOfTheFutureIsNew() {
        PendingUpdate undated =
                PendingUpdate.newBuilder().setName("curl").setSecurity(true).build();
        ComplianceReport report = report(
                Map.of(),
                host("undated", packages(undated), true, Duration.ZERO),
                host("ahead", packages(update("curl", true, Duration.ofDays(-1))), true, Duration.ZERO));

        assertThat(report.rows())
                .extracting(HostCompliance::state)
                .containsExactly(ComplianceState.LATE, ComplianceState.UPDATES_PENDING);
        assertThat(report.rows().getLast().oldestAge()).contains(Duration.ZERO);
    }

    @Test
    void tellsTheLastOutcomeAndWhy() {
        Run rolledBack = RunProjection.conclude(Runs.offered("r-1", "id-a"), RunState.ROLLED_BACK, "http 503", NOW);
        HostCompliance row = report(Map.of("id-a", rolledBack), host("a", packages(), true, Duration.ZERO))
                .rows()
                .getFirst();

        assertThat(row.lastOutcome()).contains(RunState.ROLLED_BACK);
        assertThat(row.reason()).isEqualTo("http 503");
    }

    @Test
    void countsWhatBecameOfARolloutsHosts() {
        List<RunState> outcomes = List.of(
                RunState.SUCCEEDED,
                RunState.SUCCEEDED,
                RunState.ROLLED_BACK,
                RunState.ROLLBACK_FAILED,
                RunState.REFUSED);
        Rollout rollout = RolloutMachine.planned(
                Plans.plan(6, Plans.strategy("6", "", "100%", Duration.ZERO), Plans.ONCE), Map.of());
        rollout = RolloutMachine.decide(rollout, new RolloutEvent.Tick(), Plans.FIRST.opens())
                .rollout();
        List<HostEnd> ends = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            String run = rollout.hosts().get(i).runId();
            ends.add(new HostEnd("h-" + (i + 1), outcomes.get(i), i == 1 ? 0 : 4));
            rollout = RolloutMachine.decide(
                            rollout,
                            new RolloutEvent.RunChanged(
                                    "h-" + (i + 1), run, outcomes.get(i), "", "", Optional.empty(), Optional.empty()),
                            Plans.FIRST.opens())
                    .rollout();
        }

        ends.add(new HostEnd("h-6", RunState.EXPIRED, 0));
        RolloutEnds kept = new RolloutEnds(id -> ends);

        assertThat(Compliance.summary(
                        rollout, kept.counts(List.of(rollout), RolloutEnds.ALL).getFirst()))
                .isEqualTo(new RolloutSummary(
                        "patches", "web-monthly@7", rollout.state(), Optional.empty(), 6, 1, 1, 1, 1, 2));
        assertThat(kept.counts(List.of(rollout), host -> host.equals("h-1") || host.equals("h-4"))
                        .getFirst())
                .containsExactly(1, 0, 0, 1, 0);
    }

    /** Lines that are kept are those that would be made anew, up to the instant until which they say that they stand. */
    @Test
    void linesStandUntilTheyTurn() {
        List<HostView> hosts = List.of(
                host("due", packages(update("openssl", true, Duration.ofDays(5))), true, Duration.ZERO),
                host("silent", packages(), false, Duration.ofHours(20)));
        FleetLines lines = FleetLines.of(hosts, host -> PendingUpdates.of(host.facts()), NOW, WEEK);

        Instant turn = NOW.plus(Duration.ofHours(4));
        assertThat(lines.standsAt(turn)).isTrue();
        assertThat(FleetLines.of(hosts, host -> PendingUpdates.of(host.facts()), turn, WEEK)
                        .counts())
                .isEqualTo(lines.counts());
        assertThat(lines.standsAt(turn.plusNanos(1))).isFalse();
        assertThat(FleetLines.of(hosts, host -> PendingUpdates.of(host.facts()), turn.plusNanos(1), WEEK)
                        .counts())
                .isNotEqualTo(lines.counts());
        assertThat(lines.standsAt(NOW.minusNanos(1))).isFalse();
    }
}
