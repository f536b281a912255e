package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.Runs;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.proto.agent.v1.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRolloutTest {
    @TempDir
    Path directory;

    private SqlStore store;
    private SqlRollouts rollouts;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        rollouts = new SqlRollouts(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Random stories in which each restart reads the rollout from the database: what comes back is what was decided. */
    @Test
    void comesBackAsItWasAtAnyPoint() {
        for (long seed = 0; seed < 12; seed++) {
            String id = "o-" + seed;
            Rollout[] saved = new Rollout[1];
            new Simulation(seed, EnumSet.allOf(Simulation.Trouble.class), 10, rollout -> {
                        Rollout named = renamed(rollout, id);
                        if (saved[0] == null) {
                            assertThat(rollouts.insert(named, List.of())).isEmpty();
                        } else {
                            rollouts.save(saved[0], named, List.of());
                        }
                        saved[0] = named;
                        Rollout back = rollouts.find(id).orElseThrow();
                        assertSame(back, named);
                        return renamed(back, "o-1");
                    })
                    .run();
        }
    }

    @Test
    void keepsTheFirstOfAName() {
        Rollout first = story("o-1", "patches").rollout;
        assertThat(rollouts.insert(first, List.of())).isEmpty();

        assertSame(rollouts.insert(story("o-2", "patches").rollout, List.of()).orElseThrow(), first);
        assertThat(rollouts.find("o-2")).isEmpty();
    }

    @Test
    void recordsTheRunsThatItOffersOnceAndWithTheDecision() {
        Story story = story("o-1", "patches");
        rollouts.insert(story.rollout, List.of(Runs.offered("r-1", "h-1")));
        rollouts.save(
                story.rollout, story.opens().rollout, List.of(Runs.offered("r-1", "h-2"), Runs.offered("r-2", "h-2")));

        assertThat(rollouts.openRuns()).containsExactly(Runs.offered("r-1", "h-1"), Runs.offered("r-2", "h-2"));
        assertThat(new SqlRunStore(store, () -> Runs.NOON, run -> {}).openOf("h-2"))
                .hasSize(1);
    }

    @Test
    void manyHostsAndTheirRunsComeBackToTheLast() {
        int many = 1_203;
        Story story = new Story(
                Plans.plan("o-1", "patches", many, Plans.strategy("100%", "2000", "100%", Duration.ZERO), Plans.ONCE));
        assertThat(rollouts.insert(story.rollout, List.of())).isEmpty();
        Rollout before = story.rollout;
        Rollout after = story.opens().rollout;
        List<Run> offers = after.hosts().stream()
                .map(host -> Runs.offered(host.runId(), host.host().id()))
                .toList();
        rollouts.save(before, after, offers);

        assertSame(rollouts.find("o-1").orElseThrow(), after);
        assertThat(rollouts.openRuns())
                .containsExactlyInAnyOrderElementsOf(offers)
                .hasSize(many);
    }

    @Test
    void liveAreThoseThatHaveNotEndedOrHaveARunOpen() {
        Story ended = story("o-1", "ended").opens().run(1, RunState.RUNNING);
        ended.at(Plans.FIRST.closes().plusSeconds(900)).run(1, RunState.LOST);
        rollouts.insert(ended.rollout, List.of());
        rollouts.insert(story("o-2", "waits").rollout, List.of());
        assertThat(rollouts.live()).extracting(Rollout::name).containsExactly("waits");
        assertThat(rollouts.list()).extracting(Rollout::name).containsExactly("waits", "ended");

        Rollout before = ended.rollout;
        rollouts.save(before, ended.run(1, RunState.ROLLING_BACK).rollout, List.of());
        assertThat(rollouts.live()).extracting(Rollout::name).containsExactly("ended", "waits");
    }

    private static Story story(String id, String name) {
        return new Story(
                Plans.plan(id, name, 1, Plans.strategy("1,25%", "3", "10%", Duration.ofMinutes(5)), Plans.ONCE));
    }

    private static Rollout renamed(Rollout rollout, String id) {
        RolloutPlan plan = rollout.plan();
        RolloutPlan named = new RolloutPlan(
                id,
                id,
                plan.playbook(),
                plan.params(),
                plan.selector(),
                plan.window(),
                plan.strategy(),
                plan.hosts(),
                plan.notIncluded(),
                plan.origin());
        return new Rollout(
                named,
                rollout.state(),
                rollout.reason(),
                rollout.hosts(),
                rollout.currentWave(),
                rollout.opening(),
                rollout.usedThrough(),
                rollout.soakUntil(),
                rollout.stop(),
                rollout.rollBack(),
                rollout.startedAt(),
                rollout.endedAt(),
                rollout.approvals());
    }

    private static void assertSame(Rollout one, Rollout other) {
        assertThat(one).usingRecursiveComparison().isEqualTo(other);
    }
}
