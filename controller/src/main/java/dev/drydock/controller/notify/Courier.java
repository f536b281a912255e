package dev.drydock.controller.notify;

import dev.drydock.controller.notify.Channel.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox: tries what is due, a few at once, and puts on record what became of it before it tries the next. What it was
 * at when the controller ended is tried again by the next one, so that an address may get a message twice, with the same id.
 */
public final class Courier implements AutoCloseable {
    static final Duration KEPT = Duration.ofDays(90);
    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int AT_ONCE = 8;
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final NotificationStore store;
    private final Map<Channel.Kind, Channel> channels;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("notifications").factory());
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notification-", 0).factory());

    private volatile Runnable release = () -> {};

    public Courier(NotificationStore store, Map<Channel.Kind, Channel> channels, InstantSource clock) {
        this.store = store;
        this.channels = Map.copyOf(channels);
        this.clock = clock;
    }

    /** Begins with what an earlier controller left. */
    public void start(Outbox outbox) {
        outbox.wakes(this::soon);
        release = outbox::release;
        var unused = timer.scheduleWithFixedDelay(this::guarded, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        var alsoUnused = timer.scheduleWithFixedDelay(this::forgetOld, 0, 1, TimeUnit.DAYS);
    }

    private void soon() {
        try {
            timer.execute(this::guarded);
        } catch (RejectedExecutionException e) {
            log.debug("closed; what is in the outbox is sent after the next start", e);
        }
    }

    /** A database that cannot do it today may tomorrow: what a task throws would end it for good. */
    void forgetOld() {
        try {
            store.forget(clock.instant().minus(KEPT));
        } catch (RuntimeException e) {
            log.error("old notifications could not be removed; again in a day", e);
        }
    }

    private void guarded() {
        try {
            release.run();
            while (round() == AT_ONCE) {
                log.debug("more is due");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("notifications could not be sent; again in {} s", LOOK.toSeconds(), e);
        }
    }

    /** @return how many were due */
    int round() throws InterruptedException {
        List<Notification> due = store.due(now(), AT_ONCE);
        List<Callable<Boolean>> attempts = due.stream()
                .<Callable<Boolean>>map(notification -> () -> store.attempted(attempt(notification)))
                .toList();
        for (var attempt : senders.invokeAll(attempts)) {
            if (attempt.state() == java.util.concurrent.Future.State.FAILED) {
                throw new IllegalStateException("an attempt could not be made", attempt.exceptionNow());
            }
        }
        return due.size();
    }

    private Notification attempt(Notification notification) throws InterruptedException {
        if (!now().isBefore(notification.message().expiresAt())) {
            return notification.failed(
                    "its time was over" + (notification.problem().isEmpty() ? "" : "; " + notification.problem()),
                    false);
        }
        Delivery delivery = Optional.ofNullable(channels.get(notification.channel()))
                .orElseThrow(() -> new IllegalStateException("no channel for " + notification.channel()))
                .deliver(notification);
        Notification after =
                switch (delivery) {
                    case Delivery.Done() -> notification.sent(now());
                    case Delivery.Never(String why) -> notification.failed(why, true);
                    case Delivery.NotNow(String why) ->
                        RetryPause.next(
                                        notification.attempts() + 1,
                                        now(),
                                        notification.message().expiresAt())
                                .map(next -> notification.later(why, next))
                                .orElseGet(() -> notification.failed(why, true));
                };
        if (after.state() != Notification.State.SENT) {
            log.warn(
                    "notification {} to team {} by {}: {}{}",
                    after.id(),
                    after.team(),
                    after.channel(),
                    after.problem(),
                    after.state() == Notification.State.FAILED ? "; given up" : "; again at " + after.nextAttempt());
        }
        return after;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What is under way is cut off, and tried again after the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
        senders.shutdownNow();
    }
}
