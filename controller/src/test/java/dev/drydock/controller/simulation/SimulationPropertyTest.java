package dev.drydock.controller.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.rollout.Decision;
import dev.drydock.controller.rollout.Invariants;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.Strategy;
import dev.drydock.controller.simulation.HostGroup.Failures;
import dev.drydock.controller.window.Openings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever the scenario: every decision keeps the rollout's invariants, and the numbers add up. */
class SimulationPropertyTest {
    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void everyHostEndsInOneBucketAndNothingStartsOutsideItsWindow(@ForAll long seed) throws InvalidScenarioException {
        Scenario scenario = scenario(new Random(seed), seed).validate();
        Map<String, Invariants> invariants = new HashMap<>();
        Simulator simulator = new Simulator(
                scenario,
                0,
                (rollout, event, now) -> {
                    Decision decision = RolloutMachine.decide(rollout, event, now);
                    invariants
                            .computeIfAbsent(rollout.id(), id -> new Invariants(new Openings(scenario.window())))
                            .check(rollout, event, now, decision);
                    return decision;
                },
                at -> {});

        simulator.run(rollout -> false);

        assertThat(simulator.outcomes()).hasSameSizeAs(scenario.releases());
        assertThat(simulator.neverPatched()).isBetween(0, scenario.hosts());
        assertThat(simulator.upToDate()).hasSize(Timeline.POINTS + 1).allSatisfy(point -> assertThat(point.share())
                .isBetween(0.0, 1.0));
        simulator.outcomes().forEach(outcome -> check(outcome, scenario));
    }

    private static void check(RolloutOutcome outcome, Scenario scenario) {
        assertThat(outcome.hosts()).containsOnlyKeys(Bucket.values());
        assertThat(outcome.hosts().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(scenario.hosts());
        int patched = hosts(outcome, Bucket.PATCHED);
        assertThat(outcome.openings().stream().mapToInt(OpeningUse::patched).sum())
                .isEqualTo(patched);
        int failed = hosts(outcome, Bucket.ROLLED_BACK)
                + hosts(outcome, Bucket.ROLLBACK_FAILED)
                + hosts(outcome, Bucket.LOST);
        assertThat(outcome.openings().stream().mapToInt(OpeningUse::failed).sum())
                .isEqualTo(failed);
        assertThat(outcome.milestones().containsKey(100)).isEqualTo(patched == scenario.hosts());
        assertThat(List.copyOf(outcome.milestones().values())).isSorted();
        outcome.caught().ifPresent(caught -> {
            assertThat(caught.spared()).isEqualTo(hosts(outcome, Bucket.SPARED));
            assertThat(caught.wouldHaveFailed()).isBetween(0, caught.spared());
        });
        for (OpeningUse use : outcome.openings()) {
            assertThat(use.usedShare()).isBetween(0.0, 1.0);
            assertThat(use.lastStart()).isBefore(use.closes());
            assertThat(use.leftOver()).isBetween(0, scenario.hosts());
        }
    }

    private static int hosts(RolloutOutcome outcome, Bucket bucket) {
        return Objects.requireNonNull(outcome.hosts().get(bucket));
    }

    private static ScenarioDraft scenario(Random random, long seed) {
        List<List<String>> waves = List.of(List.of(), List.of("1"), List.of("10%", "50%"), List.of("100%"));
        String[] most = {"", "1", "3", "25%"};
        String[] thresholds = {"", "0", "2", "20%", "100%"};
        String[] rules = {"FREQ=DAILY", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3", ""};
        String[] releases = {"", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"};
        boolean apart = random.nextBoolean();
        Duration p50 = Duration.ofMinutes(1 + random.nextInt(40));
        GroupDraft group = new GroupDraft(
                "web",
                1,
                2,
                p50,
                p50.multipliedBy(1 + random.nextInt(3)),
                new Failures(rate(random), rate(random), rate(random), rate(random)),
                random.nextInt(3) * 0.15,
                Duration.ofHours(1 + random.nextInt(48)));
        return new ScenarioDraft(
                1 + random.nextInt(random.nextInt(8) == 0 ? 120 : 12),
                List.of(group),
                Scenarios.window(pick(rules, random), Duration.ofHours(2), Duration.ofMinutes(random.nextInt(60))),
                new Strategy(
                        waves.get(random.nextInt(waves.size())),
                        pick(most, random),
                        pick(thresholds, random),
                        Duration.ofMinutes(random.nextInt(2) * 45L),
                        apart ? "labels.cluster" : "",
                        List.of()),
                "2026-12-01",
                1,
                pick(releases, random),
                random.nextBoolean(),
                random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(1),
                seed);
    }

    private static double rate(Random random) {
        return random.nextInt(3) * 0.04;
    }

    private static String pick(String[] of, Random random) {
        return of[random.nextInt(of.length)];
    }
}
