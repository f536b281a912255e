package dev.drydock.controller.notify;

import dev.drydock.controller.notify.Notification.State;
import dev.drydock.controller.team.Listening;
import dev.drydock.controller.team.QuietHours;
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
     * To each address of the team that wants to hear of it. Durable when it returns; the same again adds nothing.
     *
     * @return those that are new
     */
    public List<Notification> put(Team team, Message message) {
        return put(team, List.of(message));
    }

    /** As {@link #put(Team, Message)}; all or none. */
    public List<Notification> put(Team team, List<Message> messages) {
        List<Notification> all = messages.stream()
                .flatMap(message -> addressed(team, message).stream())
                .toList();
        Optional<QuietHours> quiet = team.listening().quiet();
        List<Notification> added =
                all.isEmpty() ? List.of() : store.add(all, (fresh, last) -> Holding.place(fresh, last, quiet));
        if (!added.isEmpty()) {
            wake.run();
        }
        return added;
    }

    /** To those of its addresses that want to hear of it. */
    private List<Notification> addressed(Team team, Message message) {
        List<Notification> all = new ArrayList<>();
        Listening listening = team.listening();
        team.mail().stream()
                .filter(address -> listening.wants(address, message.severity()))
                .forEach(address -> all.add(pending(team, Channel.Kind.MAIL, address, message)));
        if (team.webhook().isPresent() && listening.wants(Listening.WEBHOOK, message.severity())) {
            all.add(pending(team, Channel.Kind.WEBHOOK, "", message));
        }
        if (team.chat().isPresent() && listening.wants(Listening.CHAT, message.severity())) {
            all.add(pending(team, Channel.Kind.SLACK, "", message));
        }
        return all;
    }

    /** Lets go what was held until now: what came to one address goes in one message. */
    void release() {
        store.release(now(), held -> Digest.release(held, now(), ids.get()));
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
