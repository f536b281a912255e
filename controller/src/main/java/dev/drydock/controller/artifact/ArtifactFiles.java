package dev.drydock.controller.artifact;

import dev.drydock.controller.artifact.ArtifactRefusedException.Kind;
import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One directory with a file for each artifact, named by its SHA-256; what is being received lies beside under another name. So a file is
 * whole or not there, and never changes.
 */
public final class ArtifactFiles implements ArtifactContent {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String INCOMING = ".incoming-";
    /** The database and the output of runs on the same disk must be able to go on. */
    private static final long LEAVE_FREE = 256L << 20;

    private final Path directory;
    private final long limit;

    /** @param limit most bytes of one artifact */
    public ArtifactFiles(Path directory, long limit) throws IOException {
        this.directory = directory;
        this.limit = limit;
        PrivateFiles.directory(directory);
    }

    static boolean isDigest(String text) {
        return DIGEST.matcher(text).matches();
    }

    /**
     * Removes what was being received when the controller ended, and files that nobody knows.
     *
     * @param known digests on record
     * @return those of them that have no file
     */
    Set<String> sweep(Set<String> known) throws IOException {
        Set<String> missing = new HashSet<>(known);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                boolean ours = isDigest(name) || name.startsWith(INCOMING);
                if (ours && !missing.remove(name)) {
                    Files.delete(file);
                }
            }
        }
        return missing;
    }

    /** Begins to receive one of that size. Close it in any case. */
    Incoming receive(String digest, long size) throws ArtifactRefusedException, IOException {
        if (size > limit) {
            throw new ArtifactRefusedException(
                    Kind.TOO_LARGE, "size: " + size + " bytes are more than the " + limit + " of an artifact");
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free - LEAVE_FREE < size) {
            throw new ArtifactRefusedException(
                    Kind.NO_ROOM,
                    "The file system of " + directory + " has " + (free >> 20) + " MiB free, but " + (size >> 20)
                            + " MiB are needed and " + (LEAVE_FREE >> 20)
                            + " MiB are left for the controller itself. Delete artifacts that no playbook needs any more, or"
                            + " free space.");
        }
        return new Incoming(Files.createTempFile(directory, INCOMING, ""), directory.resolve(digest), digest, size);
    }

    @Override
    public Optional<FileChannel> open(String digest) throws IOException {
        if (!isDigest(digest)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileChannel.open(directory.resolve(digest), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void delete(String digest) throws IOException {
        if (isDigest(digest)) {
            Files.deleteIfExists(directory.resolve(digest));
            PrivateFiles.force(directory);
        }
    }
}
