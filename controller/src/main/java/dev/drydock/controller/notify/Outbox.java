package dev.drydock.controller.notify;

import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What teams are to be told, on record before anybody tries to tell them. What is put in is told at least once, or is given up
 * visibly. Thread-safe.
 */
public final class Outbox {
    private static final Duration RETRIED_FOR = Duration.ofDays(1);

    private final NotificationStore store;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private volatile Runnable wake = () -> {};

    /** @param ids gives a new one at each call; later ones sort behind */
    public Outbox(NotificationStore store, InstantSource clock, Supplier<String> ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    /** Who is to be called when there is something new. */
    void wakes(Runnable sender) {
        wake = sender;
    }

    /**
     * To each address of the team. Durable when it returns; the same again adds nothing.
     *
     * @return those that are new
     */
    public List<Notification> put(Team team, Message message) {
        List<Notification> all = new ArrayList<>();
        team.mail().forEach(address -> all.add(pending(team, Channel.Kind.MAIL, address, message)));
        if (team.webhook().isPresent()) {
            all.add(pending(team, Channel.Kind.WEBHOOK, "", message));
        }
        List<Notification> added = all.isEmpty() ? List.of() : store.add(all);
        if (!added.isEmpty()) {
            wake.run();
        }
        return added;
    }

    private Notification pending(Team team, Channel.Kind channel, String target, Message message) {
        Instant now = now();
        return new Notification(
                ids.get(), team.name(), channel, target, message, State.PENDING, 0, "", now, now, Optional.empty());
    }

    /** Tries it again now, and for a day at least. One that was sent stays as it is. Empty: there is none. */
    public Optional<Notification> retry(String id) {
        Optional<Notification> retried = store.retry(id, now(), now().plus(RETRIED_FOR));
        wake.run();
        return retried;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
