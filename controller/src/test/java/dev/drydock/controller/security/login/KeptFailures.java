package dev.drydock.controller.security.login;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** In memory, as the store does it. */
final class KeptFailures implements FailureStore {
    private final Map<Subject, Failures> rows = new HashMap<>();
    private int changes;
    private boolean broken;

    Set<Subject> subjects() {
        return rows.keySet();
    }

    int changes() {
        return changes;
    }

    void breakDown() {
        broken = true;
    }

    @Override
    public List<Failures> since(Instant begin) {
        return rows.values().stream()
                .filter(row -> !row.last().isBefore(begin))
                .sorted(Comparator.comparing(Failures::last))
                .toList();
    }

    @Override
    public CompletableFuture<Integer> change(Change change, Instant begin) {
        if (broken) {
            return CompletableFuture.failedFuture(new IllegalStateException("broken"));
        }
        changes++;
        rows.keySet().removeAll(Set.copyOf(change.gone()));
        change.kept().forEach(row -> rows.put(row.subject(), row));
        return CompletableFuture.completedFuture(0);
    }
}
