package dev.drydock.agent.backup;

import dev.drydock.agent.host.database.DatabaseServer;
import java.util.List;
import java.util.Optional;

/**
 * What goes into a backup.
 *
 * @param files absent where none are asked for
 * @param server present where there are databases
 */
public record BackupContents(Optional<FileSelection> files, Optional<DatabaseServer> server, List<String> databases) {
    public BackupContents {
        databases = List.copyOf(databases);
    }

    /** {@code files}, {@code databases} or {@code files and databases}. */
    public String kind() {
        String both = files.isPresent() && !databases.isEmpty() ? " and " : "";
        return (files.isPresent() ? "files" : "") + both + (databases.isEmpty() ? "" : "databases");
    }
}
