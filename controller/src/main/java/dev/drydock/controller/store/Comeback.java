package dev.drydock.controller.store;

import dev.drydock.controller.security.PrivateFiles;
import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the copy of a database in the place of the one that is there, which is kept aside. There is a whole database in that place at every moment.
 * Only who holds the data directory may do it.
 *
 * @param database of the data directory
 */
public record Comeback(Path copy, Path database) {
    private static final List<String> TOLD =
            List.of("hosts", "rollouts", "runs", "playbooks", "windows", "audit_entries");
    private static final String ASIDE = "drydock.db.before-restore-";

    /** What is lost. @param changes of the number of rows, {@code hosts 12 -> 10} */
    public record Loss(Optional<Instant> from, Optional<Instant> to, List<String> changes) {}

    /** @throws StoreException when the copy is not whole or no database of Drydock */
    public Loss loss() {
        try (DatabaseLook then = DatabaseLook.open(copy, false)) {
            List<String> faults = then.faults();
            if (!faults.isEmpty()) {
                throw broken(copy + " is damaged: " + String.join("; ", faults), null);
            }
            if (then.schema().version().isEmpty()) {
                throw broken(copy + " is no database of Drydock", null);
            }
            Optional<Instant> last = then.newest();
            if (Files.notExists(database)) {
                return new Loss(last, Optional.empty(), List.of());
            }
            try (DatabaseLook now = DatabaseLook.open(database, false)) {
                List<String> changes = new ArrayList<>();
                for (String table : TOLD) {
                    OptionalLong before = then.count(table);
                    OptionalLong present = now.count(table);
                    if (!before.equals(present)) {
                        changes.add(table + " " + present.orElse(0) + " -> " + before.orElse(0));
                    }
                }
                return new Loss(last, now.newest(), changes);
            } catch (StoreException e) {
                return new Loss(
                        last, Optional.empty(), List.of("the present database cannot be read: " + e.getMessage()));
            }
        }
    }

    /**
     * Does it; durable when it returns. The record of runs gets another name, so that agents tell again what they delivered since.
     *
     * @return where what was there is kept; empty: nothing was
     */
    public Optional<Path> put(Supplier<String> ids, InstantSource clock) {
        Path directory = Objects.requireNonNull(database.getParent());
        Path part = database.resolveSibling("drydock.db.restoring.part");
        try {
            for (String end : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(beside(part, end));
            }
            clean(directory);
            Files.copy(copy, part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            mark(part, ids, clock);
            fold(part);
            UpgradeCopies.force(part);
            Optional<Path> aside = aside(clock.instant());
            Files.move(part, database, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.force(directory);
            return aside;
        } catch (IOException | SQLException e) {
            throw broken(copy + " cannot be put back: " + e + "; the database in " + directory + " is as it was", e);
        }
    }

    private void mark(Path part, Supplier<String> ids, InstantSource clock) {
        try (DatabaseLook look = DatabaseLook.open(part, false)) {
            if (look.count("record").isEmpty() || look.count("audit_entries").isEmpty()) {
                return; // Of versions that knew neither.
            }
        }
        try (SqliteStore store = SqliteStore.asItIs(part)) {
            new SqlRecord(store, ids).renew();
            new AuditRecorder(new SqlAudit(store, clock), ids, clock)
                    .recordNow(AuditEvent.of("restored").with("from", copy.toString()));
        }
    }

    /** All of it into the one file. */
    private static void fold(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** By a second name of the same file, so that it stays in its place until the other one takes that. */
    private Optional<Path> aside(Instant now) throws IOException {
        if (Files.notExists(database)) {
            return Optional.empty();
        }
        Path aside = database.resolveSibling(
                ASIDE + now.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "-"));
        Files.deleteIfExists(aside);
        try {
            fold(database);
        } catch (SQLException e) {
            // It is damaged: what could not be brought into it is kept as it is.
        }
        for (String end : List.of("-wal", "-shm")) {
            Path more = beside(database, end);
            if (Files.exists(more)) {
                Files.copy(more, beside(aside, end), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createLink(aside, database);
        PrivateFiles.force(Objects.requireNonNull(database.getParent()));
        // Of the old one: read with the new one they would destroy it.
        Files.deleteIfExists(beside(database, "-wal"));
        Files.deleteIfExists(beside(database, "-shm"));
        return Optional.of(aside);
    }

    /** A second name of the present database was left by one that was cut short: it is nobody's copy. */
    private void clean(Path directory) throws IOException {
        if (Files.notExists(database)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(
                            each -> String.valueOf(each.getFileName()).startsWith(ASIDE))
                    .toList()) {
                if (Files.isSameFile(file, database)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Path beside(Path file, String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    private static StoreException broken(String message, @Nullable Exception e) {
        return new StoreException(StoreException.Kind.BROKEN, message + ".", e);
    }
}
