package dev.drydock.controller.calendar;

import java.util.List;
import java.util.Optional;

/** Calendars on record. Each change is durable when it returns. */
public interface CalendarStore {
    /** By name. */
    List<Calendar> all();

    /** @return the one that has its name already; empty: it is on record now */
    Optional<Calendar> insert(Calendar calendar);

    /** In place of the one of its name. */
    void replace(Calendar calendar);

    /** As {@link #replace}, where the one of its name is still fetched from the same place. @return false: it is not */
    boolean refreshed(Calendar calendar);

    /** Who names it: windows, contracts, and rollouts that have not ended, each as {@code window NAME} and so on. */
    List<String> usersOf(String name);

    /** Deletes it if nobody names it. @return who does; empty: it is gone */
    List<String> delete(String name);
}
