package dev.drydock.agent.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A host: what is installed, what was done to it and when, and what of it a power cut would take back. */
final class SimHost {
    /** One change made by applying or by rolling back. */
    record Mutation(String step, boolean forward, Instant at) {}

    private final Map<String, String> state = new TreeMap<>();
    private final Map<String, String> synced = new TreeMap<>();
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    void install(String part, String version) {
        state.put(part, version);
        synced.put(part, version);
    }

    String version(String part) {
        return state.getOrDefault(part, "none");
    }

    void change(String step, String part, String version, boolean forward, Instant at) {
        state.put(part, version);
        mutations.add(new Mutation(step, forward, at));
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
}
