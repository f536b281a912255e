package dev.drydock.agent.backup;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Backups that this host began and of which something may still lie at their place: it did not answer on the way back, say. Others'
 * are not known here, so that hosts may share a place. Used by one thread at a time.
 */
public final class UnfinishedBackups {
    public static final String FILE = "backups-unfinished";

    private final Path file;

    UnfinishedBackups(Path file) {
        this.file = file;
    }

    /** Before anything of it is there. Durable when it returns. */
    public void begun(String location, String id) throws IOException {
        List<String> lines = lines();
        if (!lines.contains(line(location, id))) {
            lines.add(line(location, id));
            write(lines);
        }
    }

    /** It is whole, or nothing of it is left. */
    public void ended(String location, String id) throws IOException {
        List<String> lines = lines();
        if (lines.remove(line(location, id))) {
            write(lines);
        }
    }

    /** Their ids, the oldest first. */
    public List<String> at(String location) throws IOException {
        return lines().stream()
                .filter(line -> line.endsWith("\t" + location))
                .map(line -> line.substring(0, line.indexOf('\t')))
                .toList();
    }

    /** Whether something of it may still lie at its place. */
    public boolean has(String id) throws IOException {
        return lines().stream().anyMatch(line -> line.startsWith(id + "\t"));
    }

    private static String line(String location, String id) {
        return id + "\t" + location;
    }

    private List<String> lines() throws IOException {
        return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
    }

    private void write(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        DurableFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
