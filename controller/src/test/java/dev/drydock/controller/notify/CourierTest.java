package dev.drydock.controller.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controller.notify.Channel.Delivery;
import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.store.SqlNotifications;
import dev.drydock.controller.store.SqlStore;
import dev.drydock.controller.store.TestStores;
import dev.drydock.controller.team.Team;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database; the channel does as the test says. */
final class CourierTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Team DBA =
            new Team("dba", "true", List.of("one@example.com", "two@example.com"), Optional.empty(), List.of(), NOON);

    @TempDir
    Path directory;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger ids = new AtomicInteger();
    private volatile Delivery answer = new Delivery.Done();
    private Instant now = NOON;
    private SqlStore store;
    private SqlNotifications notifications;
    private Outbox outbox;
    private Courier courier;

    @BeforeEach
    void open() {
        store = TestStores.open(directory.resolve("drydock.db"));
        notifications = new SqlNotifications(store);
        outbox = new Outbox(notifications, () -> now, () -> "n-" + ids.incrementAndGet());
        courier = courier();
    }

    private Courier courier() {
        Channel channel = notification -> {
            told.add(notification.id() + " " + notification.target());
            return answer;
        };
        return new Courier(notifications, Map.of(Channel.Kind.MAIL, channel), () -> now);
    }

    @AfterEach
    void close() {
        courier.close();
        store.close();
    }

    private static Message message(String about) {
        return new Message(about, "subject", "text", "{}", NOON.plus(Duration.ofHours(1)));
    }

    private Notification only(State state) {
        List<Notification> found = notifications.list(Optional.empty(), Optional.of(state), Optional.empty(), 10);
        assertThat(found).as("in state %s", state).hasSize(1);
        return found.getFirst();
    }

    @Test
    void tellsEachAddressOnce() throws InterruptedException {
        assertThat(outbox.put(DBA, message("window/1"))).hasSize(2);
        assertThat(outbox.put(DBA, message("window/1"))).isEmpty();

        assertThat(courier.round()).isEqualTo(2);
        assertThat(courier.round()).isZero();

        assertThat(told).containsExactlyInAnyOrder("n-1 one@example.com", "n-2 two@example.com");
        assertThat(notifications.list(Optional.of("dba"), Optional.of(State.SENT), Optional.empty(), 10))
                .hasSize(2)
                .allSatisfy(sent -> assertThat(sent.sentAt()).contains(NOON));
    }

    @Test
    void triesAgainWithTheSameIdUntilItIsTold() throws InterruptedException {
        Team one = new Team("dba", "true", List.of("one@example.com"), Optional.empty(), List.of(), NOON);
        outbox.put(one, message("window/1"));
        answer = new Delivery.NotNow("no connection");

        courier.round();
        Notification waits = only(State.PENDING);
        assertThat(waits.problem()).isEqualTo("no connection");
        assertThat(waits.nextAttempt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(courier.round()).as("before its time").isZero();

        now = now.plusSeconds(5);
        answer = new Delivery.Done();
        courier.round();

        assertThat(told).containsExactly("n-1 one@example.com", "n-1 one@example.com");
        assertThat(only(State.SENT).attempts()).isEqualTo(2);
    }

    @Test
    void isGivenUpWhenThereIsNoUseInItAnyMore() throws InterruptedException {
        Team one = new Team("dba", "true", List.of("one@example.com"), Optional.empty(), List.of(), NOON);
        outbox.put(one, message("window/1"));
        answer = new Delivery.NotNow("no connection");
        while (!notifications
                .list(Optional.empty(), Optional.of(State.PENDING), Optional.empty(), 1)
                .isEmpty()) {
            courier.round();
            now = now.plusSeconds(60);
        }

        assertThat(only(State.FAILED).problem()).contains("no connection");
        assertThat(now).isBeforeOrEqualTo(NOON.plus(Duration.ofMinutes(61)));
        assertThat(told).hasSizeBetween(5, 8);

        answer = new Delivery.Done();
        assertThat(outbox.retry("n-1").orElseThrow().state()).isEqualTo(State.PENDING);
        courier.round();
        assertThat(only(State.SENT).id()).isEqualTo("n-1");
        assertThat(outbox.retry("n-1").orElseThrow().state()).as("it was sent").isEqualTo(State.SENT);
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() throws InterruptedException {
        outbox.put(DBA, message("window/1"));
        answer = new Delivery.Never("550 no such user");

        courier.round();
        now = now.plusSeconds(600);
        assertThat(courier.round()).isZero();

        assertThat(notifications.list(Optional.empty(), Optional.of(State.FAILED), Optional.empty(), 10))
                .hasSize(2)
                .allSatisfy(failed -> assertThat(failed.problem()).isEqualTo("550 no such user"));
    }

    @Test
    void whatAnEarlierControllerLeftIsToldByTheNext() throws InterruptedException {
        outbox.put(DBA, message("window/1"));
        courier.close();
        store.close();

        open();
        assertThat(courier.round()).isEqualTo(2);
        assertThat(told).hasSize(2);
        assertThat(outbox.put(DBA, message("window/1"))).as("it is known").isEmpty();
    }

    @Test
    void aTeamThatIsGoneIsToldNothing() throws InterruptedException {
        outbox.put(DBA, message("window/1"));
        notifications.giveUp("dba", "the team was deleted");

        assertThat(courier.round()).isZero();
        assertThat(notifications.list(Optional.empty(), Optional.of(State.FAILED), Optional.empty(), 10))
                .hasSize(2);
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() {
        for (int i = 0; i < 3; i++) {
            outbox.put(DBA, message("window/" + i));
        }
        List<Notification> first = notifications.list(Optional.of("dba"), Optional.empty(), Optional.empty(), 4);
        List<Notification> rest = notifications.list(
                Optional.of("dba"),
                Optional.empty(),
                Optional.of(first.getLast().id()),
                4);

        assertThat(first).extracting(Notification::id).containsExactly("n-6", "n-5", "n-4", "n-3");
        assertThat(rest).extracting(Notification::id).containsExactly("n-2", "n-1");
        assertThat(notifications.list(Optional.of("web"), Optional.empty(), Optional.empty(), 4))
                .isEmpty();
    }

    @Test
    void aDatabaseThatCannotForgetTodayIsAskedAgainTomorrow() {
        store.close();

        courier.forgetOld();

        open();
        assertThat(outbox.put(DBA, message("window/1"))).hasSize(2);
    }

    @Test
    void oldOnesAreForgottenButNotWhatWaits() throws InterruptedException {
        outbox.put(DBA, message("window/1"));
        courier.round();
        outbox.put(DBA, message("window/2"));

        notifications.forget(NOON.plusSeconds(1));

        assertThat(notifications.list(Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .hasSize(2)
                .allSatisfy(left -> assertThat(left.state()).isEqualTo(State.PENDING));
    }
}
