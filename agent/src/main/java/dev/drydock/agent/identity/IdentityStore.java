package dev.drydock.agent.identity;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the identity lies: a directory for each that was ever given, numbered, and the file {@code current} that names the one
 * that counts. A new one is written as a whole beside the old; replacing {@code current} is the switch. For one process at a
 * time.
 */
public final class IdentityStore {
    private final Path directory;

    public IdentityStore(Path directory) {
        this.directory = directory;
    }

    /**
     * An identity that is on disk, and not in use yet.
     *
     * @param number names its directory
     */
    public record Staged(int number, Identity identity) {}

    /** Empty when the host is not enrolled. */
    public Optional<Identity> load() throws IdentityException, IOException {
        Optional<Integer> current = current();
        return current.isEmpty()
                ? Optional.empty()
                : Optional.of(files(current.get()).read());
    }

    public boolean exists() {
        return Files.exists(pointer());
    }

    /** Writes it beside the one that counts. */
    public Staged stage(Identity identity) throws IOException {
        DurableFiles.createPrivateDirectory(directory);
        int number = numbers().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        files(number).write(identity);
        DurableFiles.syncDirectory(directory);
        return new Staged(number, identity);
    }

    /** From here on it counts, also after a power cut; all others are removed. */
    public void adopt(Staged staged) throws IOException {
        DurableFiles.replace(pointer(), (staged.number() + "\n").getBytes(StandardCharsets.US_ASCII));
        removeOthers();
    }

    /** Removes what was staged and never adopted, as a crash may leave it. */
    public void removeOthers() throws IOException {
        Optional<Integer> current = current();
        for (int number : numbers()) {
            if (!current.equals(Optional.of(number))) {
                DurableFiles.deleteTree(files(number).directory());
            }
        }
    }

    private Path pointer() {
        return directory.resolve("current");
    }

    private IdentityFiles files(int number) {
        return new IdentityFiles(directory.resolve(Integer.toString(number)));
    }

    private Optional<Integer> current() throws IOException {
        try {
            return Optional.of(Integer.valueOf(Files.readString(pointer()).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException(
                    pointer() + " does not name an identity; enrol again: drydock-agent enroll --force", e);
        }
    }

    private List<Integer> numbers() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{1,9}"))
                    .map(Integer::valueOf)
                    .toList();
        }
    }
}
