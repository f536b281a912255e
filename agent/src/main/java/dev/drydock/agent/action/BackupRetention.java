package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import dev.drydock.agent.backup.Retention;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.proto.agent.v1.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the backups whose time is over, when a new one is whole. What cannot be removed stays, is said, and is in the facts until a
 * later backup has removed it; it fails nothing: the new backup is whole all the same, and going back would mend nothing.
 */
record BackupRetention(BackupArgs args, BackupLog log) {
    /** @return what is gone, and what could not be removed */
    List<Change> apply(BackupStore store, Instant now, Job job) throws IOException, InterruptedException {
        List<Change> changes = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (Manifest old : expired(store, now, job, errors)) {
            try {
                store.remove(old, job);
                changes.add(Change.newBuilder()
                        .setKind("backup")
                        .setName("old backup")
                        .setFrom(store.location() + "/" + old.id())
                        .build());
            } catch (HostException | IOException e) {
                errors.add(old.id() + ": " + e.getMessage());
            }
        }
        String error = String.join("; ", errors.subList(0, Math.min(errors.size(), 3)))
                + (errors.size() > 3 ? "; and " + (errors.size() - 3) + " more" : "");
        log.put(log.find(args.name()).withRetentionError(error));
        if (!error.isEmpty()) {
            job.output().line("Old backups could not all be removed: " + error);
            changes.add(Change.newBuilder()
                    .setKind("backup")
                    .setName("old backups could not all be removed")
                    .setTo(error)
                    .build());
        }
        return changes;
    }

    private List<Manifest> expired(BackupStore store, Instant now, Job job, List<String> errors)
            throws InterruptedException {
        Retention retention =
                new Retention(args.args().optionalInteger("keep"), args.args().optionalInteger("keepDays"));
        try {
            return retention.expired(store.all(job), args.name(), now);
        } catch (HostException | IOException e) {
            errors.add(String.valueOf(e.getMessage()));
            return List.of();
        }
    }
}
