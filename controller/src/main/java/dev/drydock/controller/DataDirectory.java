package dev.drydock.controller;

import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one directory in which a controller keeps everything, held by at most one controller at a time: from {@link #open} to
 * {@link #close} by a lock on the file {@code lock}, which the operating system releases however the process ends.
 */
public final class DataDirectory implements AutoCloseable {
    private static final int MOST_OF_A_PID = 32;

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory (0700) where it is missing and takes it.
     *
     * @throws StartException when it cannot be made, read or written, is writable by others, or another controller has it
     */
    public static DataDirectory open(Path root) throws StartException {
        try {
            PrivateFiles.directory(root);
            requirePrivate(root);
            return new DataDirectory(root, lock(root));
        } catch (FileAlreadyExistsException e) {
            throw new StartException("The data directory " + root + " is a file; give a directory with --data.", e);
        } catch (AccessDeniedException e) {
            throw new StartException(
                    "The data directory " + root + " cannot be used: this user may not read and write " + e.getFile()
                            + ". Run the controller as the directory's owner, or choose another with --data.",
                    e);
        } catch (IOException e) {
            throw new StartException(
                    "The data directory " + root + " cannot be used: " + e.getMessage()
                            + ". Check that its file system is mounted, writable and has space.",
                    e);
        }
    }

    private static void requirePrivate(Path root) throws IOException, StartException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(root);
        if (mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StartException(
                    "Others than its owner may write to the data directory " + root + " (mode "
                            + PosixFilePermissions.toString(mode) + "), and so replace its keys. Run: chmod 700 "
                            + root,
                    null);
        }
    }

    private static FileChannel lock(Path root) throws IOException, StartException {
        FileChannel file = FileChannel.open(
                root.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (tryLock(file) == null) {
                throw new StartException(
                        "Another controller is using the data directory " + root + " (process " + owner(file)
                                + "). Stop it first, or choose another directory with --data.",
                        null);
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return file;
        } catch (IOException | StartException e) {
            file.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String owner(FileChannel file) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(MOST_OF_A_PID);
        file.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "unknown" : text;
    }

    public Path root() {
        return root;
    }

    public Path database() {
        return root.resolve("drydock.db");
    }

    /** One file a run. */
    public Path output() {
        return root.resolve("output");
    }

    /** One file an artifact, named by its digest. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }

    /** Files that are being imported; empty otherwise. */
    public Path feeds() {
        return root.resolve("feeds");
    }

    public Path adminToken() {
        return root.resolve("admin.token");
    }

    /** The key that seals the secrets of second factors. */
    public Path totpKey() {
        return root.resolve("totp.key");
    }

    /** The CA's certificate, for agents and clients. */
    public static Path caCertificate(Path root) {
        return root.resolve("ca.crt");
    }

    /** Lets another controller have it. Idempotent. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
