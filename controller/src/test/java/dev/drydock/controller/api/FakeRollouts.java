package dev.drydock.controller.api;

import dev.drydock.controller.rollout.InvalidRolloutException;
import dev.drydock.controller.rollout.Planning;
import dev.drydock.controller.rollout.Rollout;
import dev.drydock.controller.rollout.RolloutDraft;
import dev.drydock.controller.rollout.RolloutListener;
import dev.drydock.controller.rollout.RolloutMachine;
import dev.drydock.controller.rollout.RolloutWatch;
import dev.drydock.controller.rollout.Rollouts;
import dev.drydock.controller.rollout.TimedNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Rollouts by hand: what was asked for is on record, and the test says what happens. */
final class FakeRollouts implements Rollouts {
    final List<Rollout> rollouts = new CopyOnWriteArrayList<>();
    final List<RolloutListener> listeners = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<RolloutDraft> drafts = new ArrayList<>();

    /** Where it is set, what is made is planned; else it is the first that there is. */
    @Nullable
    Planning planning;

    void happened(Rollout rollout, List<TimedNote> notes) {
        rollouts.removeIf(other -> other.id().equals(rollout.id()));
        rollouts.add(rollout);
        listeners.forEach(listener -> listener.rolloutChanged(rollout, notes));
    }

    @Override
    public Rollout create(RolloutDraft draft) throws InvalidRolloutException {
        drafts.add(draft);
        Planning planner = planning;
        if (planner == null) {
            return rollouts.getFirst();
        }
        Rollout made = RolloutMachine.planned(planner.plan(draft), Map.of());
        rollouts.add(made);
        return made;
    }

    @Override
    public Optional<Rollout> find(String nameOrId) {
        return rollouts.stream()
                .filter(rollout ->
                        rollout.id().equals(nameOrId) || rollout.name().equals(nameOrId))
                .findFirst();
    }

    @Override
    public List<Rollout> list() {
        return List.copyOf(rollouts);
    }

    @Override
    public List<Rollout> live() {
        return rollouts.stream().filter(rollout -> !rollout.state().ended()).toList();
    }

    @Override
    public Rollout pause(String nameOrId) {
        asked.add("pause " + nameOrId);
        return find(nameOrId).orElseThrow();
    }

    @Override
    public Rollout resume(String nameOrId) {
        asked.add("resume " + nameOrId);
        return find(nameOrId).orElseThrow();
    }

    @Override
    public Rollout abort(String nameOrId, boolean rollBack) {
        asked.add("abort " + nameOrId + (rollBack ? " and roll back" : ""));
        return find(nameOrId).orElseThrow();
    }

    @Override
    public Rollout retry(String nameOrId, Set<String> hosts) {
        asked.add("retry " + nameOrId + (hosts.isEmpty() ? "" : " " + new TreeSet<>(hosts)));
        return find(nameOrId).orElseThrow();
    }

    @Override
    public Rollout approve(String nameOrId, OptionalInt wave, String by, String comment) {
        asked.add("approve " + nameOrId + " wave " + wave.orElse(0) + " by " + by + ": " + comment);
        return find(nameOrId).orElseThrow();
    }

    @Override
    public RolloutWatch watch(String nameOrId, RolloutListener listener) {
        Rollout now = find(nameOrId).orElseThrow();
        // Before it is told: who has heard of the rollout misses nothing from then on.
        listeners.add(listener);
        listener.rolloutChanged(now, List.of());
        return () -> listeners.remove(listener);
    }
}
