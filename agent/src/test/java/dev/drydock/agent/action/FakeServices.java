package dev.drydock.agent.action;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services in memory. Those in {@link #broken} die at the second look after a start. */
final class FakeServices implements Services {
    final List<String> done = new ArrayList<>();
    final Set<String> broken = new HashSet<>();
    String manager = "fake services";
    Duration steady = Duration.ZERO;
    Map<String, Set<String>> after = Map.of();
    List<String> failed = List.of();
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Integer> looksToLive = new HashMap<>();
    private int starts;

    FakeServices with(String unit, boolean active) {
        states.put(unit, state(active));
        return this;
    }

    private State state(boolean active) {
        return new State(
                true, active, true, "start-" + ++starts, steady, active ? "active (running)" : "inactive (dead)");
    }

    @Override
    public String manager() {
        return manager;
    }

    @Override
    public State state(String unit, Job job) {
        Integer looks = looksToLive.computeIfPresent(unit, (u, left) -> left - 1);
        if (looks != null && looks < 0) {
            states.put(unit, new State(true, false, true, "", "failed (Result: exit-code)"));
        }
        return states.getOrDefault(unit, State.UNKNOWN);
    }

    @Override
    public void start(String unit, Job job) {
        act("start", unit, true);
    }

    @Override
    public void stop(String unit, Job job) {
        act("stop", unit, false);
    }

    @Override
    public void restart(String unit, Job job) {
        act("restart", unit, true);
    }

    @Override
    public void reload(String unit, Job job) throws HostException {
        if (!states.getOrDefault(unit, State.UNKNOWN).active()) {
            throw new HostException(unit + " is not active");
        }
        done.add("reload " + unit);
    }

    @Override
    public void enable(String unit, boolean enabled, Job job) {
        done.add((enabled ? "enable " : "disable ") + unit);
    }

    private void act(String verb, String unit, boolean active) {
        done.add(verb + " " + unit);
        states.put(unit, state(active));
        looksToLive.remove(unit);
        if (active && broken.contains(unit)) {
            looksToLive.put(unit, 1);
        }
    }

    @Override
    public List<String> failed(Job job) {
        return failed;
    }

    @Override
    public Map<String, Set<String>> startedAfter(Collection<String> units, Job job) {
        return after;
    }

    @Override
    public List<String> definedBy(List<String> files) {
        return List.of();
    }
}
