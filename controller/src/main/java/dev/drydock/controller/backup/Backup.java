package dev.drydock.controller.backup;

import dev.drydock.controller.security.PrivateFiles;
import dev.drydock.controller.security.audit.AuditEvent;
import dev.drydock.controller.security.audit.AuditRecorder;
import dev.drydock.controller.store.DatabaseCopy;
import dev.drydock.controller.store.SqlAudit;
import dev.drydock.controller.store.SqlRecord;
import dev.drydock.controller.store.SqliteStore;
import dev.drydock.controller.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A controller's data directory as it stands at one instant: the database, the certificate authority with its key, the
 * administrator's token while it is there, artifacts, and the output of runs. These are copied after the database, files of output only
 * grow and those of artifacts never change, so nothing that the database speaks of is missing, but for an artifact that is deleted in
 * that very moment.
 */
public final class Backup {
    private static final String DATABASE = "drydock.db";
    private static final String OUTPUT = "output";
    private static final String ARTIFACTS = "artifacts";
    private static final List<String> FILES = List.of("ca.crt", "ca.key", "admin.token", "totp.key");

    private Backup() {}

    /** What a backup has. */
    public record Summary(int files, long bytes) {}

    /**
     * Makes a backup, also while a controller runs there. Durable when it returns; one that was cut short has no checksums and
     * cannot be put back.
     *
     * @param target a directory that is not there yet or empty; made with mode 0700
     */
    public static Summary make(Path data, Path target) throws BackupException {
        if (!Files.isRegularFile(data.resolve(DATABASE))) {
            throw new BackupException(
                    data + " has no " + DATABASE + ": it is not the data directory of a controller.", null);
        }
        try {
            requireEmpty(target, "Give a directory for each backup.");
            PrivateFiles.directory(target);
            List<Path> made = new ArrayList<>();
            DatabaseCopy.make(data.resolve(DATABASE), target.resolve(DATABASE));
            made.add(target.resolve(DATABASE));
            for (Path file : rest(data)) {
                made.add(copy(file, target.resolve(data.relativize(file))));
            }
            long bytes = 0;
            for (Path file : made) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                force(file);
                bytes += Files.size(file);
            }
            Checksums.write(target, made);
            return new Summary(made.size(), bytes);
        } catch (StoreException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BackupException("The backup " + target + " cannot be written: " + e + ".", e);
        }
    }

    /**
     * Puts a backup back. The data directory is there as a whole or not at all. Its record of runs gets another name, so that
     * agents tell again what they delivered after the backup was made.
     *
     * @param data a directory that is not there yet or empty; no controller may run on it
     * @param ids names that are never given twice
     * @param clock for the audit log, which says from here on that what came after the backup is not in it
     */
    public static Summary restore(Path backup, Path data, Supplier<String> ids, InstantSource clock)
            throws BackupException {
        Path half = data.resolveSibling(data.getFileName() + ".restoring");
        try {
            requireEmpty(data, "Move away what is in it, and try again.");
            requireEmpty(half, "It was left by a restore that was cut short: delete it, and try again.");
            Iterable<Path> names = Checksums.verified(backup);
            int files = 0;
            long bytes = 0;
            PrivateFiles.directory(half);
            PrivateFiles.directory(half.resolve(OUTPUT));
            for (Path name : names) {
                Path file = copy(backup.resolve(name), half.resolve(name));
                Files.setPosixFilePermissions(
                        file, PosixFilePermissions.fromString(name.endsWith("ca.crt") ? "rw-r--r--" : "rw-------"));
                force(file);
                files++;
                bytes += Files.size(file);
            }
            DatabaseCopy.requireSound(half.resolve(DATABASE));
            try (SqliteStore store = SqliteStore.open(half.resolve(DATABASE))) {
                new SqlRecord(store, ids).renew();
                new AuditRecorder(new SqlAudit(store, clock), ids, clock)
                        .recordNow(AuditEvent.of("restored").with("from", backup.toString()));
            }
            PrivateFiles.force(half);
            Files.deleteIfExists(data);
            Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.force(data.resolveSibling("."));
            return new Summary(files, bytes);
        } catch (StoreException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BackupException("The backup " + backup + " cannot be put back into " + data + ": " + e + ".", e);
        }
    }

    private static List<Path> rest(Path data) throws IOException {
        List<Path> files = new ArrayList<>();
        FILES.stream().map(data::resolve).filter(Files::exists).forEach(files::add);
        for (String directory : List.of(ARTIFACTS, OUTPUT)) {
            if (Files.isDirectory(data.resolve(directory))) {
                try (Stream<Path> inside = Files.list(data.resolve(directory))) {
                    // What is being received begins with a dot.
                    inside.filter(file -> Files.isRegularFile(file)
                                    && !String.valueOf(file.getFileName()).startsWith("."))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Path directory = to.toAbsolutePath().getParent();
        if (directory != null) {
            PrivateFiles.directory(directory);
        }
        return Files.copy(from, to);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void requireEmpty(Path directory, String otherwise) throws BackupException, IOException {
        try (Stream<Path> content = Files.list(directory)) {
            if (content.findAny().isPresent()) {
                throw new BackupException(
                        directory + " is not empty. " + otherwise,
                        new DirectoryNotEmptyException(directory.toString()));
            }
        } catch (NoSuchFileException e) {
            return; // It is made.
        }
    }
}
