package dev.drydock.agent.session;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signed playbooks on disk, each named by the digest of its canonical form, and what there is of those whose transfer was cut
 * off. What is read is to be checked: disks and people change files. Bounded: the ones not used for longest go first. Runs keep copies of their own, so nothing here is ever missed. For one
 * thread.
 */
final class PlaybookCache {
    private static final String PART = ".part";

    private final Path directory;
    private final int most;
    private final InstantSource clock;

    /** @param most so many files are kept */
    PlaybookCache(Path directory, int most, InstantSource clock) {
        this.directory = directory;
        this.most = most;
        this.clock = clock;
    }

    Optional<byte[]> get(String digest) throws IOException {
        Optional<byte[]> envelope = read(file(digest));
        if (envelope.isPresent()) {
            Files.setLastModifiedTime(file(digest), FileTime.from(clock.instant()));
        }
        return envelope;
    }

    /** What came of it before a transfer was cut off; empty when nothing did. */
    byte[] part(String digest) throws IOException {
        return read(partFile(digest)).orElse(new byte[0]);
    }

    void append(String digest, byte[] bytes) throws IOException {
        DurableFiles.createPrivateDirectory(directory);
        Files.write(partFile(digest), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void dropPart(String digest) throws IOException {
        Files.deleteIfExists(partFile(digest));
    }

    /** The transfer is complete and its digest was checked. */
    void put(String digest, byte[] envelope) throws IOException {
        DurableFiles.createPrivateDirectory(directory);
        DurableFiles.replace(file(digest), envelope);
        Files.deleteIfExists(partFile(digest));
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(directory)) {
            newestFirst = files.sorted(
                            Comparator.comparing(PlaybookCache::lastUsed).reversed())
                    .toList();
        }
        for (Path surplus : newestFirst.subList(Math.min(most, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(surplus);
        }
    }

    private static FileTime lastUsed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String digest) {
        return directory.resolve(digest + ".json");
    }

    private Path partFile(String digest) {
        return directory.resolve(digest + PART);
    }
}
