package dev.drydock.agent.backup;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of this host's backups, by name, in a small file of the agent's. Used by one thread at a time. */
public final class BackupLog {
    public static final String FILE = "backups";
    private static final int FIELDS = 9;

    private final Path file;

    public BackupLog(Path dataDir) {
        this.file = dataDir.resolve(FILE);
    }

    /**
     * @param verified when its files were last compared with the manifest
     * @param restored when it was last proven to restore
     * @param size bytes, as it lies there
     * @param error why the last attempt failed, one line; empty when it did not
     * @param retentionError why old ones could not all be removed after the newest was made, one line; empty when they were
     */
    public record Entry(
            String name,
            String kind,
            Optional<Instant> finished,
            Optional<Instant> verified,
            Optional<Instant> restored,
            long size,
            String location,
            String error,
            String retentionError) {
        public static Entry none(String name) {
            return new Entry(name, "", Optional.empty(), Optional.empty(), Optional.empty(), 0, "", "", "");
        }

        /** What was good stays known. */
        public Entry failed(String why) {
            return new Entry(name, kind, finished, verified, restored, size, location, why, retentionError);
        }

        public Entry withRetentionError(String why) {
            return new Entry(name, kind, finished, verified, restored, size, location, error, why);
        }
    }

    /** What was begun and may not have ended, in a file beside this one. */
    public UnfinishedBackups unfinished() {
        return new UnfinishedBackups(file.resolveSibling(UnfinishedBackups.FILE));
    }

    /** Sorted by name. */
    public List<Entry> read() throws IOException {
        List<Entry> all = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                all.add(parse(line));
            }
        }
        return all;
    }

    public Entry find(String name) throws IOException {
        return read().stream().filter(e -> e.name().equals(name)).findFirst().orElse(Entry.none(name));
    }

    /** In place of what was known of that name. Durable when it returns. */
    public void put(Entry entry) throws IOException {
        List<Entry> all = new ArrayList<>(read());
        all.removeIf(known -> known.name().equals(entry.name()));
        all.add(entry);
        all.sort(java.util.Comparator.comparing(Entry::name));
        StringBuilder text = new StringBuilder();
        all.forEach(e -> text.append(line(e)).append('\n'));
        DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Entry e) {
        return String.join(
                "\t",
                plain(e.name()),
                plain(e.kind()),
                seconds(e.finished()),
                seconds(e.verified()),
                seconds(e.restored()),
                Long.toString(e.size()),
                plain(e.location()),
                plain(e.error()),
                plain(e.retentionError()));
    }

    private Entry parse(String line) throws IOException {
        String[] field = line.split("\t", -1);
        // Agents before the last field wrote one less.
        if (field.length != FIELDS && field.length != FIELDS - 1) {
            throw new IOException(file + " has a line that is not understood: " + line);
        }
        try {
            return new Entry(
                    field[0],
                    field[1],
                    instant(field[2]),
                    instant(field[3]),
                    instant(field[4]),
                    Long.parseLong(field[5]),
                    field[6],
                    field[7],
                    field.length == FIELDS ? field[8] : "");
        } catch (NumberFormatException e) {
            throw new IOException(file + " has a line that is not understood: " + line, e);
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String seconds(Optional<Instant> at) {
        return at.map(instant -> Long.toString(instant.getEpochSecond())).orElse("");
    }

    private static Optional<Instant> instant(String seconds) {
        return seconds.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
    }
}
