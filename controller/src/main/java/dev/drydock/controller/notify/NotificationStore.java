package dev.drydock.controller.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notifications on record. Each change is durable when it returns. */
public interface NotificationStore {
    /**
     * Puts on record those whose team and address do not know of the same yet, each where it is placed; all or none.
     *
     * @return those that are new
     */
    List<Notification> add(List<Notification> notifications, Placing placing);

    /** Says what becomes of a new one. */
    @FunctionalInterface
    interface Placing {
        /** @param last the newest of its topic to its address that was told, or is to be; empty: there is none, or it has no topic */
        Placed place(Notification fresh, Optional<Notification> last);
    }

    /** @param waiting the one that says it too, as it is then */
    record Placed(Notification fresh, Optional<Notification> waiting) {}

    /** Lets go those that are held and whose time has come, address by address. */
    void release(Instant now, Releasing releasing);

    /** Says what becomes of those of one address, oldest first. */
    @FunctionalInterface
    interface Releasing {
        Released release(List<Notification> held);
    }

    /** @param all that says all of them; empty: there was only one */
    record Released(List<Notification> changed, Optional<Notification> all) {}

    /** Pending ones whose next attempt has come, the longest due first. */
    List<Notification> due(Instant now, int most);

    /** @return false: it is not pending any more, or is gone */
    boolean attempted(Notification after);

    /** Makes one that was given up, or waits, be tried again. One that another says stays as it is. */
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

    /** How many there are, by state; a state that none is in may be missing. */
    Map<Notification.State, Integer> counts();

    /** What these teams were told of, or will be, where it begins so and is not past its time. */
    Set<Told> told(String aboutPrefix, Instant now);

    /** @param about of the message */
    record Told(String team, String about) {}

    /** Gives up what is pending or held for a team that is gone. */
    void giveUp(String team, String why);

    /** Removes those that were made before, but for pending and held ones. */
    void forget(Instant before);
}
