package dev.drydock.agent.action;

import dev.drydock.agent.backup.BackupLog;
import dev.drydock.agent.backup.BackupStore;
import dev.drydock.agent.backup.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Puts on record, for the host's facts, what came of a backup of that name. */
record BackupOnRecord(String name, BackupLog log, InstantSource clock) {
    /** @param restored whether it was proven to restore just now */
    void whole(Manifest manifest, boolean restored, BackupStore store) throws IOException {
        BackupLog.Entry known = log.find(name);
        Instant now = clock.instant();
        log.put(new BackupLog.Entry(
                name,
                kind(manifest),
                Optional.of(manifest.created()),
                Optional.of(now),
                restored ? Optional.of(now) : known.restored(),
                manifest.size(),
                store.location() + "/" + manifest.id(),
                "",
                known.retentionError()));
    }

    void failed(ActionException why) throws ActionException, InterruptedException {
        OnHost.run(() -> log.put(log.find(name).failed(String.valueOf(why.getMessage()))));
    }

    private static String kind(Manifest manifest) {
        boolean files = manifest.archives().stream().anyMatch(a -> a.kind().equals("files"));
        boolean databases = manifest.archives().stream().anyMatch(a -> a.kind().equals("state"));
        return files && databases ? "files and databases" : files ? "files" : "databases";
    }
}
