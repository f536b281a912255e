package dev.drydock.controller.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read, whole and on disk or not there at all. */
public final class PrivateFiles {
    private static final String DIRECTORY = "rwx------";
    private static final String SECRET = "rw-------";
    private static final String PUBLIC = "rw-r--r--";
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFiles() {}

    /** Makes the directory with mode 0700 where it is missing; one that is there keeps its mode. */
    public static void directory(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DIRECTORY)));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Writes with mode 0600: durable when it returns, never half a file, replaces what was there. */
    public static void writeSecret(Path file, String text) throws IOException {
        write(file, text, SECRET);
    }

    /** As {@link #writeSecret}, with mode 0644. */
    static void writePublic(Path file, String text) throws IOException {
        write(file, text, PUBLIC);
    }

    private static void write(Path file, String text, String mode) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " has no directory");
        }
        Path fresh = Files.createTempFile(
                directory, ".new-", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(SECRET)));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** That a file was made or renamed in this directory survives a power loss after it. */
    public static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public static boolean openToOthers(Path file) throws IOException {
        Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        mode.retainAll(OTHERS);
        return !mode.isEmpty();
    }
}
