package dev.drydock.controller.security.login;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where it is kept who failed to log in, so that neither a restart nor another controller forgives it. Implemented by the store. */
public interface FailureStore {
    /** Whose failures they are. */
    enum Kind {
        USER,
        ADDRESS
    }

    record Subject(Kind kind, String name) {}

    /** @param last when the last of them began */
    record Failures(Subject subject, int count, Instant last) {}

    /**
     * @param kept take the place of what is there of their subjects
     * @param gone removed before: who was pushed out may have come again
     */
    record Change(List<Failures> kept, List<Subject> gone) {
        boolean isEmpty() {
            return kept.isEmpty() && gone.isEmpty();
        }
    }

    /** All whose last was not before then, the oldest first. */
    List<Failures> since(Instant begin);

    /**
     * Changes are made in the order of the calls. Removes what is older than {@code begin}, too.
     *
     * @return completes when it is durable
     */
    CompletableFuture<Integer> change(Change change, Instant begin);
}
