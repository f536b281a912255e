package dev.drydock.agent.run;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was downloaded ahead of runs: a directory for each playbook by its digest, in it one for each step. Bounded in age and size,
 * and of no use but to save time: what cannot be removed is tried again later. Safe for use by several threads.
 */
final class FetchedDirectory {
    /** A host is asked anew before each opening, and what was on offer before the last one is old. */
    static final Duration MAX_AGE = Duration.ofDays(2);

    static final long MAX_BYTES = 4L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(FetchedDirectory.class);

    private final Path directory;
    private final TimeSource time;
    private final long maxBytes;

    FetchedDirectory(Path directory, TimeSource time) {
        this(directory, time, MAX_BYTES);
    }

    FetchedDirectory(Path directory, TimeSource time, long maxBytes) {
        this.directory = directory;
        this.time = time;
        this.maxBytes = maxBytes;
    }

    /** Of a playbook; need not exist. */
    Path of(String digest) {
        return directory.resolve(digest);
    }

    Path of(String digest, int step) {
        return of(digest).resolve(Integer.toString(step));
    }

    /** A fetch for this playbook begins: makes room for it. */
    synchronized void begin(String digest) throws IOException {
        DurableFiles.createPrivateDirectory(of(digest));
        DurableFiles.replace(begun(of(digest)), time.wall().toString().getBytes(StandardCharsets.UTF_8));
        sweep();
    }

    /** The run that it was for has ended. */
    synchronized void remove(String digest) {
        delete(of(digest));
    }

    /** Removes what is old, and of the rest the oldest while it is too much. */
    synchronized void sweep() {
        Instant oldest = time.wall().minus(MAX_AGE);
        long bytes = 0;
        for (Path playbook : newestFirst()) {
            bytes += size(playbook);
            if (age(playbook).isBefore(oldest) || bytes > maxBytes) {
                delete(playbook);
            }
        }
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> playbooks = new ArrayList<>(all.toList());
            playbooks.sort(Comparator.comparing(FetchedDirectory::age).reversed());
            return playbooks;
        } catch (IOException e) {
            LOG.warn("what was fetched ahead cannot be looked at: {}", directory, e);
            return List.of();
        }
    }

    /** What does not say is older than anything. */
    private static Instant age(Path playbook) {
        try {
            return Instant.parse(Files.readString(begun(playbook)).strip());
        } catch (IOException | DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    private static Path begun(Path playbook) {
        return playbook.resolve("begun");
    }

    private static long size(Path playbook) {
        try (Stream<Path> all = Files.walk(playbook)) {
            long bytes = 0;
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("the size of {} cannot be told", playbook, e);
            return 0;
        }
    }

    private static void delete(Path playbook) {
        try {
            DurableFiles.deleteTree(playbook);
        } catch (IOException e) {
            LOG.warn("what was fetched ahead cannot be removed yet: {}", playbook, e);
        }
    }
}
