package dev.drydock.controller.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.Team;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotificationCountsTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void countsThoseInEachState(@TempDir Path directory) {
        try (SqlStore store = TestStores.open(directory.resolve("drydock.db"))) {
            SqlNotifications notifications = new SqlNotifications(store);
            assertThat(notifications.counts()).isEmpty();
            AtomicInteger ids = new AtomicInteger();
            Outbox outbox = new Outbox(notifications, () -> NOON, () -> "n-" + ids.incrementAndGet());
            for (String team : List.of("dba", "dba-2", "shop")) {
                outbox.put(
                        new Team(team, "true", List.of("a@example.com"), Optional.empty(), List.of(), NOON),
                        new Message("window/1", "subject", "text", "{}", NOON.plus(Duration.ofHours(1))));
            }
            notifications.giveUp("shop", "gone");
            assertThat(notifications.counts()).isEqualTo(Map.of(State.PENDING, 2, State.FAILED, 1));
        }
    }
}
