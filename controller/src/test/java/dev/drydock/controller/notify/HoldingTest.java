package dev.drydock.controller.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notify.Channel.Delivery;
import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.ChatHook;
import dev.drydock.controller.team.Listening;
import dev.drydock.controller.team.QuietHours;
import dev.drydock.controller.team.Severity;
import dev.drydock.controller.team.Team;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits, what is said with another, and what breaks through: on a real database, by the courier. */
final class HoldingTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final QuietHours NIGHTS =
            new QuietHours(ZoneOffset.UTC, EnumSet.allOf(DayOfWeek.class), LocalTime.of(20, 0), LocalTime.of(8, 0));
    private static final Team LOUD = team(Listening.ALL);
    private static final Team QUIET = team(new Listening(Map.of(), Optional.of(NIGHTS)));

    @TempDir
    Path directory;

    private final List<Message> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger ids = new AtomicInteger();
    private Instant now = NOON;
    private SqlStore store;
    private SqlNotifications notifications;
    private Outbox outbox;
    private Courier courier;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        notifications = new SqlNotifications(store);
        outbox = new Outbox(notifications, () -> now, () -> "n-" + "%03d".formatted(ids.incrementAndGet()));
        Channel channel = notification -> {
            told.add(notification.message());
            return new Delivery.Done();
        };
        courier =
                new Courier(notifications, Map.of(Channel.Kind.MAIL, channel, Channel.Kind.SLACK, channel), () -> now);
    }

    @AfterEach
    void close() {
        courier.close();
        store.close();
    }

    private static Team team(Listening listening) {
        return new Team(
                "dba",
                "true",
                List.of("dba@example.com"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                listening,
                NOON);
    }

    private Message message(String about, Severity severity, String topic) {
        return new Message(
                about,
                "subject of " + about,
                "text of " + about + "\n",
                WebhookEvent.json("test", now, data -> data.put("about", about)),
                now.plus(Duration.ofDays(3)),
                severity,
                topic);
    }

    private List<String> round() throws InterruptedException {
        told.clear();
        outbox.release();
        courier.round();
        return told.stream().map(Message::subject).toList();
    }

    private List<State> states() {
        return notifications.list(Optional.empty(), Optional.empty(), Optional.empty(), 100).reversed().stream()
                .map(Notification::state)
                .toList();
    }

    @Test
    void whatIsBelowTheFloorOfAnAddressIsNotToldThere() {
        Team team = new Team(
                "dba",
                "true",
                List.of("day@example.com", "night@example.com"),
                Optional.empty(),
                Optional.of(new ChatHook(URI.create("https://chat.example.com/hooks/1"))),
                List.of(),
                new Listening(
                        Map.of("night@example.com", Severity.CRITICAL, Listening.CHAT, Severity.WARNING),
                        Optional.empty()),
                NOON);

        assertThat(outbox.put(team, message("a", Severity.INFO, "")))
                .extracting(Notification::target)
                .containsExactly("day@example.com");
        assertThat(outbox.put(team, message("b", Severity.WARNING, "")))
                .extracting(Notification::channel)
                .containsExactly(Channel.Kind.MAIL, Channel.Kind.SLACK);
        assertThat(outbox.put(team, message("c", Severity.CRITICAL, ""))).hasSize(3);
        assertThat(team.wants(Severity.INFO)).isTrue();
    }

    @Test
    void whatComesInQuietHoursIsToldInOneWhenTheyEnd() throws InterruptedException {
        now = Instant.parse("2026-11-24T22:00:00Z");
        outbox.put(QUIET, message("one", Severity.INFO, ""));
        now = now.plusSeconds(3600);
        outbox.put(QUIET, message("two", Severity.WARNING, ""));
        assertThat(round()).isEmpty();
        assertThat(states()).containsExactly(State.HELD, State.HELD);
        close();
        open();

        now = Instant.parse("2026-11-25T08:00:00Z");
        assertThat(round()).containsExactly("2 notifications were held for you");
        assertThat(told.getFirst().text())
                .contains("- subject of one", "- subject of two", "text of one", "text of two");
        assertThat(told.getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(told.getFirst().json()).contains("\"type\":\"digest\"", "\"about\":\"two\"");
        assertThat(states()).containsExactly(State.MERGED, State.MERGED, State.SENT);
        assertThat(round()).isEmpty();
        assertThat(outbox.put(QUIET, message("one", Severity.INFO, "")))
                .as("it was told")
                .isEmpty();
    }

    @Test
    void oneThatWasHeldAloneIsToldAsItIs() throws InterruptedException {
        now = Instant.parse("2026-11-24T22:00:00Z");
        outbox.put(QUIET, message("one", Severity.INFO, ""));
        now = Instant.parse("2026-11-25T08:00:00Z");

        assertThat(round()).containsExactly("subject of one");
    }

    @Test
    void whatIsCriticalBreaksThroughAndSoDoesWhatWouldComeTooLate() throws InterruptedException {
        now = Instant.parse("2026-11-24T22:00:00Z");
        outbox.put(QUIET, message("fire", Severity.CRITICAL, ""));
        Message window = new Message("window/1", "opens at 02:00", "", "{}", now.plus(Duration.ofHours(4)));
        outbox.put(QUIET, window);

        assertThat(round()).containsExactlyInAnyOrder("subject of fire", "opens at 02:00");
    }

    @Test
    void whatRepeatsIsToldOnceAndThenWithItsCount() throws InterruptedException {
        outbox.put(LOUD, message("a", Severity.WARNING, "silent"));
        assertThat(round()).containsExactly("subject of a");
        now = now.plusSeconds(600);
        outbox.put(
                LOUD,
                List.of(
                        message("b", Severity.WARNING, "silent"),
                        message("c", Severity.INFO, "silent"),
                        message("d", Severity.WARNING, "silent")));
        outbox.put(LOUD, message("e", Severity.WARNING, "certificate"));
        assertThat(round()).as("another topic").containsExactly("subject of e");
        assertThat(states()).containsExactly(State.SENT, State.HELD, State.MERGED, State.MERGED, State.SENT);

        now = NOON.plus(Holding.PERIOD).minusSeconds(1);
        assertThat(round()).isEmpty();
        now = NOON.plus(Holding.PERIOD);
        assertThat(round()).containsExactly("subject of b (and 2 more)");
        assertThat(told.getFirst().text()).contains("also: subject of c", "also: subject of d");

        now = now.plus(Holding.PERIOD);
        outbox.put(LOUD, message("f", Severity.WARNING, "silent"));
        assertThat(round()).as("long after").containsExactly("subject of f");
    }

    @Test
    void whatIsGraverDoesNotWait() throws InterruptedException {
        outbox.put(LOUD, message("a", Severity.WARNING, "certificate"));
        outbox.put(LOUD, message("b", Severity.CRITICAL, "certificate"));

        assertThat(round()).containsExactlyInAnyOrder("subject of a", "subject of b");
    }

    @Test
    void whatIsHeldCanBeToldAtOnceAndGivenUp() throws InterruptedException {
        now = Instant.parse("2026-11-24T22:00:00Z");
        outbox.put(QUIET, List.of(message("one", Severity.INFO, ""), message("two", Severity.INFO, "")));

        assertThat(outbox.retry("n-001").orElseThrow().state()).isEqualTo(State.PENDING);
        assertThat(round()).containsExactly("subject of one");
        notifications.giveUp("dba", "the team was deleted");
        assertThat(states()).containsExactly(State.SENT, State.FAILED);
    }
}
