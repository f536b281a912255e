package dev.drydock.controller.store;

import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Copies of a database as it was before a newer program changed its schema, in the directory {@code upgrade-backups} beside it: the way back.
 * Of each version of the schema there is the newest, and no more than {@value #KEPT} in all. Only who holds the data directory may make one.
 */
public record UpgradeCopies(Path database) {
    public static final String DIRECTORY = "upgrade-backups";
    public static final int KEPT = 3;

    private static final long MIB = 1 << 20;
    /** For what the steps themselves write. */
    private static final long MARGIN = 64 * MIB;

    private static final Pattern NAME = Pattern.compile("drydock-schema-([0-9][0-9.]*)-(\\S+)\\.db");
    private static final String PART = ".part";

    public static UpgradeCopies beside(Path database) {
        return new UpgradeCopies(database.toAbsolutePath());
    }

    /** One that is whole. @param at its name's end: when it was made, to the second, without colons */
    public record Copy(Path file, MigrationVersion version, String at) {}

    /** What a copy takes, and what there is. */
    public record Room(long needed, long free, Path where) {
        public boolean suffices() {
            return free >= needed;
        }

        public String text() {
            return needed / MIB + " MiB are needed in " + where + ", " + free / MIB + " MiB are free";
        }
    }

    public Path directory() {
        return database.resolveSibling(DIRECTORY);
    }

    public Room room() throws IOException {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        Path where = Objects.requireNonNull(database.getParent());
        return new Room(
                Files.size(database) + (Files.exists(log) ? Files.size(log) : 0) + MARGIN,
                Files.getFileStore(where).getUsableSpace(),
                where);
    }

    /** The newest schema last, and of one schema the newest copy last. */
    public List<Copy> all() throws IOException {
        if (!Files.isDirectory(directory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.flatMap(file -> {
                        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                        return name.matches()
                                ? Stream.of(new Copy(file, MigrationVersion.fromVersion(name.group(1)), name.group(2)))
                                : Stream.empty();
                    })
                    .sorted(Comparator.comparing(Copy::version).thenComparing(Copy::at))
                    .toList();
        }
    }

    /** The newest that a program can open which knows that version. */
    public Optional<Path> newestUpTo(String version) throws IOException {
        return all().stream()
                .filter(copy -> copy.version().compareTo(MigrationVersion.fromVersion(version)) <= 0)
                .reduce((older, newer) -> newer)
                .map(Copy::file);
    }

    /**
     * Makes one, durable when it returns, and makes away with those that are too many, and with what was left by one that was cut short.
     *
     * @param version that the schema is at
     * @throws StoreException when there is no room, or the copy is not whole; no copy that was there is gone then
     */
    Path make(String version, Instant now) {
        try {
            Room room = room();
            if (!room.suffices()) {
                throw new StoreException(
                        StoreException.Kind.DISK_FULL,
                        "There is no room for the copy of " + database + " that is made before an upgrade: "
                                + room.text() + ". Make room and start again, or install the former version again."
                                + " Nothing was changed.",
                        null);
            }
            PrivateFiles.directory(directory());
            clean();
            String at = now.truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "-");
            Path copy = directory().resolve("drydock-schema-" + version + "-" + at + ".db");
            Path part = copy.resolveSibling(copy.getFileName() + PART);
            DatabaseCopy.make(database, part);
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
            requireWhole(part);
            force(part);
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.force(directory());
            PrivateFiles.force(Objects.requireNonNull(directory().getParent()));
            prune(copy, version);
            return copy;
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.BROKEN,
                    "The copy of " + database + " that is made before an upgrade cannot be written: " + e
                            + ". Nothing was changed.",
                    e);
        }
    }

    private static void requireWhole(Path copy) {
        try (DatabaseLook look = DatabaseLook.open(copy, false)) {
            List<String> faults = look.faults();
            if (!faults.isEmpty()) {
                throw new StoreException(
                        StoreException.Kind.BROKEN,
                        "The copy of the database that is made before an upgrade is damaged: " + faults.getFirst()
                                + ". The database itself may be, too: see drydock-controller doctor. Nothing was changed.",
                        null);
            }
        }
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.filter(
                            each -> String.valueOf(each.getFileName()).contains(PART))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** An upgrade that is tried again and again must not push out what older schemas have. */
    private void prune(Path made, String version) throws IOException {
        MigrationVersion same = MigrationVersion.fromVersion(version);
        for (Copy copy : all()) {
            if (copy.version().equals(same) && !copy.file().equals(made)) {
                Files.deleteIfExists(copy.file());
            }
        }
        List<Copy> left = all();
        for (Copy copy : left.subList(0, Math.max(0, left.size() - KEPT))) {
            if (!copy.file().equals(made)) {
                Files.deleteIfExists(copy.file());
            }
        }
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
