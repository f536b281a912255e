package dev.drydock.controller.compliance.fleet;

import java.time.LocalDate;
import java.util.List;

/** How the fleet stood, day by day. Implemented by the store; durable when a method returns. */
public interface TrendStore {
    boolean has(LocalDate day);

    /** Changes nothing where the day is there already. */
    void put(LocalDate day, List<Group> groups);

    /** From a day on, oldest first. */
    List<TrendPoint> since(LocalDate day);
}
