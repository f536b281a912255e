package dev.drydock.agent.facts;

import com.google.protobuf.Timestamp;
import dev.drydock.agent.backup.BackupLog;
import dev.drydock.proto.facts.v1.Backup;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** The host's backups, as the actions that made and proved them have written down. Ages are for the reader to tell. */
final class BackupFacts {
    private BackupFacts() {}

    static List<Backup> gather(BackupLog log) throws IOException {
        return log.read().stream().map(BackupFacts::backup).toList();
    }

    private static Backup backup(BackupLog.Entry entry) {
        Backup.Builder backup = Backup.newBuilder()
                .setName(entry.name())
                .setKind(entry.kind())
                .setSizeBytes(entry.size())
                .setLocation(entry.location())
                .setLastError(entry.error())
                .setRetentionError(entry.retentionError());
        entry.finished().map(BackupFacts::timestamp).ifPresent(backup::setFinishedAt);
        entry.verified().map(BackupFacts::timestamp).ifPresent(backup::setVerifiedAt);
        entry.restored().map(BackupFacts::timestamp).ifPresent(backup::setRestoredAt);
        return backup.build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
    }
}
