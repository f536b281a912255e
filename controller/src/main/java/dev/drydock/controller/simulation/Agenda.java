package dev.drydock.controller.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is to come, by its second; what falls on the same second comes in the order in which it was put down. */
final class Agenda<T> {
    static final long NEVER = Long.MAX_VALUE;

    private final TreeMap<Long, List<T>> entries = new TreeMap<>();

    void add(long at, T entry) {
        entries.computeIfAbsent(at, any -> new ArrayList<>()).add(entry);
    }

    /** {@link #NEVER} where nothing is to come. */
    long next() {
        return entries.isEmpty() ? NEVER : entries.firstKey();
    }

    /** Takes all that has come by {@code now}. */
    List<T> due(long now) {
        List<T> due = new ArrayList<>();
        while (!entries.isEmpty() && entries.firstKey() <= now) {
            due.addAll(entries.pollFirstEntry().getValue());
        }
        return due;
    }
}
