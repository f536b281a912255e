package dev.drydock.controller.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notifications on record. Each change is durable when it returns. */
public interface NotificationStore {
    /**
     * Puts on record those whose team and address do not know of the same yet; all or none.
     *
     * @return those that are new
     */
    List<Notification> add(List<Notification> notifications);

    /** Pending ones whose next attempt has come, the longest due first. */
    List<Notification> due(Instant now, int most);

    /** @return false: it is not pending any more, or is gone */
    boolean attempted(Notification after);

    /** Makes one that was given up, or waits, be tried again. */
    Optional<Notification> retry(String id, Instant now, Instant expires);

    Optional<Notification> find(String id);

    /**
     * Newest first.
     *
     * @param team empty: of all
     * @param state empty: all
     * @param before only with a smaller id; empty: all
     */
    List<Notification> list(
            Optional<String> team, Optional<Notification.State> state, Optional<String> before, int most);

    /** What these teams were told of, or will be, where it begins so and is not past its time. */
    Set<Told> told(String aboutPrefix, Instant now);

    /** @param about of the message */
    record Told(String team, String about) {}

    /** Gives up what is pending for a team that is gone. */
    void giveUp(String team, String why);

    /** Removes those that were made before, but for pending ones. */
    void forget(Instant before);
}
