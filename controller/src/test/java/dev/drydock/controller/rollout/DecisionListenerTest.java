package dev.drydock.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.run.RunNotifier;
import dev.drydock.controller.store.SqlRollouts;
import dev.drydock.controller.store.SqlRunStore;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.window.Blackouts;
import dev.drydock.controller.window.HostRules;
import dev.drydock.controller.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the coordinator tells of its decisions, and of itself. */
final class DecisionListenerTest {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock(Plans.FIRST.opens());
    private final List<Run> offered = new CopyOnWriteArrayList<>();
    private final List<Integer> missed = new CopyOnWriteArrayList<>();

    @Test
    void tellsOfOffersOnceTheyAreOnRecordAndOfOpeningsThatWereMissed() throws Exception {
        try (SqlStore store = TestStores.open(directory.resolve("drydock.db"));
                RunNotifier notifier = new RunNotifier()) {
            SqlRunStore runs = new SqlRunStore(store, clock, notifier);
            try (RolloutCoordinator coordinator = coordinator(store, runs)) {
                assertThat(coordinator.takenUp()).isFalse();
                coordinator.start();
                assertThat(coordinator.takenUp()).isTrue();
                assertThat(coordinator.alive(Duration.ofMinutes(1))).isTrue();
                coordinator.listen((Rollout before, Rollout after, List<Run> offers, int openings, Instant at) -> {
                    assertThat(offers)
                            .allSatisfy(run -> assertThat(runs.find(run.id())).isPresent());
                    offered.addAll(offers);
                    missed.add(openings);
                });
                coordinator.create(draft());
                await().untilAsserted(() -> assertThat(offered).hasSize(2));
                coordinator.pause("web");
                Instant next = Plans.FIRST.opens().plus(Duration.ofDays(1));
                at(coordinator, next.minus(Duration.ofHours(12)));
                await().until(() -> coordinator.find("web").flatMap(Rollout::opening).stream()
                        .anyMatch(opening -> opening.opens().equals(next)));
                at(coordinator, next.plus(Duration.ofHours(12)));
                await().untilAsserted(() -> assertThat(
                                missed.stream().mapToInt(number -> number).sum())
                        .isOne());
            }
        }
    }

    private void at(RolloutCoordinator coordinator, Instant time) {
        clock.set(time);
        coordinator.hostsChanged();
    }

    @Test
    void oneThatIsClosedIsNotAlive() {
        try (SqlStore store = TestStores.open(directory.resolve("drydock.db"))) {
            RolloutCoordinator coordinator = coordinator(store, new SqlRunStore(store, clock, run -> {}));
            coordinator.start();
            coordinator.close();
            assertThat(coordinator.alive(Duration.ofMinutes(1))).isFalse();
        }
    }

    private RolloutCoordinator coordinator(SqlStore store, SqlRunStore runs) {
        return new RolloutCoordinator(
                new RolloutPorts(
                        new SqlRollouts(store),
                        runs,
                        runs,
                        new TestAgents(runs),
                        new TestHosts(4),
                        () -> Blackouts.NONE,
                        () -> new HostRules(List.<Window>of(), Plans.BEFORE)),
                new FixedPlans(4, Plans.NIGHTLY),
                clock);
    }

    private static RolloutDraft draft() {
        return new RolloutDraft(
                "web",
                new PlaybookVersion("web-monthly", 7, "d".repeat(64)),
                Map.of(),
                "true",
                "night",
                Optional.empty(),
                Plans.strategy("2,2", "", "0", Duration.ZERO),
                "olga");
    }
}
