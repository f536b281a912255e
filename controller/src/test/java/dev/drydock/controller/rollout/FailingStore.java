package dev.drydock.controller.rollout;

import dev.drydock.controller.run.Run;
import dev.drydock.controller.store.StoreException;
import java.util.List;
import java.util.Optional;

/** A store whose disk is full when a test says so. */
final class FailingStore implements RolloutStore {
    volatile boolean failing;
    volatile int failures;
    private final RolloutStore store;

    FailingStore(RolloutStore store) {
        this.store = store;
    }

    @Override
    public Optional<Rollout> insert(Rollout rollout, List<Run> offers) {
        return store.insert(rollout, offers);
    }

    @Override
    public void save(Rollout before, Rollout after, List<Run> offers) {
        if (failing) {
            failures++;
            throw new StoreException(StoreException.Kind.DISK_FULL, "The disk is full.", null);
        }
        store.save(before, after, offers);
    }

    @Override
    public Optional<Rollout> find(String nameOrId) {
        return store.find(nameOrId);
    }

    @Override
    public List<Rollout> list() {
        return store.list();
    }

    @Override
    public List<Rollout> live() {
        return store.live();
    }

    @Override
    public List<Run> openRuns() {
        return store.openRuns();
    }
}
