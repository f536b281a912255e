package dev.drydock.controller.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The past as it is deleted: each call a small write of its own, all or nothing. The last ended run of each host, runs that are open, of
 * an incident, or of a rollout that is not over stay, whatever their age.
 */
public interface PastStore {
    /** Where a look through the runs stands. */
    record Place(Instant offeredAt, String id) {
        static final Place BEGIN = new Place(Instant.EPOCH, "");
    }

    /** Some runs that were looked at; of these, which may go. @param next empty: there are no more that are so old */
    record Old(List<String> runs, Optional<Place> next) {}

    /** Reads only. */
    Old oldRuns(Instant before, Place after, int most);

    /** Those that may still go. @return how many went */
    CompletableFuture<Integer> deleteRuns(List<String> runs);

    /** Some hosts' lines of rollouts that ended before and have no run any more, the last of each with the rollout itself. */
    CompletableFuture<Integer> deleteRollouts(Instant before, int most);

    CompletableFuture<Integer> deleteNotifications(Instant before, int most);

    /** Gives some free space back to the file system. @return whether there is more */
    CompletableFuture<Boolean> compact();
}
