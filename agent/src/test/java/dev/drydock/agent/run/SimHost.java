package dev.drydock.agent.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A host: what is installed, what was done to it and when, what of it a power cut would take back, and what ails it. */
final class SimHost {
    /** One change made by applying or by rolling back. */
    record Mutation(String step, boolean forward, Instant at) {}

    /** The service was down from the one until the other. */
    record Outage(Instant from, Instant until) {
        boolean at(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(until);
        }
    }

    private final Map<String, String> state = new TreeMap<>();
    private final Map<String, String> synced = new TreeMap<>();
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private Instant lockedUntil = Instant.MIN;
    private Instant fullUntil = Instant.MIN;
    private Instant revived = Instant.MIN;

    void install(String part, String version) {
        state.put(part, version);
        synced.put(part, version);
    }

    String version(String part) {
        return state.getOrDefault(part, "none");
    }

    /** What is put back is started again. */
    void change(String step, String part, String version, boolean forward, Instant at) {
        state.put(part, version);
        mutations.add(new Mutation(step, forward, at));
        if (!forward) {
            startService(at);
        }
    }

    /** All that was done is on disk. */
    void sync() {
        synced.clear();
        synced.putAll(state);
    }

    /** Of what is not on disk, every second part is lost, or every part. */
    void powerCut(boolean everything) {
        int i = 0;
        for (Map.Entry<String, String> part : synced.entrySet()) {
            if (!part.getValue().equals(state.get(part.getKey())) && (everything || i++ % 2 == 0)) {
                state.put(part.getKey(), part.getValue());
            }
        }
        sync();
    }

    Map<String, String> state() {
        return new TreeMap<>(state);
    }

    List<Mutation> mutations() {
        return mutations;
    }

    /** Survives the agent, as what happens on a host does. */
    int count(String what) {
        return counts.merge(what, 1, Integer::sum);
    }

    int counted(String what) {
        return counts.getOrDefault(what, 0);
    }

    void holdLock(Instant until) {
        lockedUntil = until.isAfter(lockedUntil) ? until : lockedUntil;
    }

    /** How long the package manager's lock is still held by somebody else. */
    Duration locked(Instant now) {
        return now.isBefore(lockedUntil) ? Duration.between(now, lockedUntil) : Duration.ZERO;
    }

    void fill(Instant until) {
        fullUntil = until.isAfter(fullUntil) ? until : fullUntil;
    }

    boolean full(Instant now) {
        return now.isBefore(fullUntil);
    }

    void killService(Instant from, Instant until) {
        outages.add(new Outage(from, until));
    }

    /** What ran before the run runs again. */
    void revive(Instant at) {
        startService(at);
        revived = at;
    }

    /** When it was for the last time. */
    Instant revived() {
        return revived;
    }

    private void startService(Instant now) {
        outages.replaceAll(outage -> outage.at(now) ? new Outage(outage.from(), now) : outage);
    }

    boolean serviceIsUp(Instant now) {
        return outages.stream().noneMatch(outage -> outage.at(now));
    }

    List<Outage> outages() {
        return outages;
    }
}
