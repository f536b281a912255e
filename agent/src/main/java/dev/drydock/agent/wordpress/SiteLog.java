package dev.drydock.agent.wordpress;

import dev.drydock.agent.disk.DurableFiles;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What reviews of this host's WordPress sites found, by path of the site, in a small file of the agent's. Thread-safe. */
public final class SiteLog {
    public static final String FILE = "sites";
    private static final int FIELDS = 4;
    private static final String NOT_KNOWN = "-";

    private final Path file;

    public SiteLog(Path dataDir) {
        this.file = dataDir.resolve(FILE);
    }

    /**
     * @param administrators those that were there when all was well; empty where nobody has looked yet
     * @param compared when its core was last compared with checksums
     * @param findings what was then not as it should be
     */
    public record Entry(
            String path, Optional<List<String>> administrators, Optional<Instant> compared, List<String> findings) {
        public Entry {
            findings = List.copyOf(findings);
        }

        public Entry administrators(Collection<String> names) {
            return new Entry(path, Optional.of(List.copyOf(names)), compared, findings);
        }

        public Entry compared(Instant at, Collection<String> found) {
            return new Entry(path, administrators, Optional.of(at), List.copyOf(found));
        }
    }

    public synchronized Entry find(String path) throws IOException {
        return read().stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElse(new Entry(path, Optional.empty(), Optional.empty(), List.of()));
    }

    /** In place of what was known of that site. Durable when it returns; the same again writes nothing. */
    public synchronized void put(Entry entry) throws IOException {
        List<Entry> all = new ArrayList<>(read());
        if (all.contains(entry)) {
            return;
        }
        all.removeIf(known -> known.path().equals(entry.path()));
        all.add(entry);
        all.sort(Comparator.comparing(Entry::path));
        String text = all.stream().map(e -> line(e) + "\n").collect(Collectors.joining());
        DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Entry> read() throws IOException {
        List<Entry> all = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                all.add(parse(line));
            }
        }
        return all;
    }

    private static String line(Entry e) {
        return String.join(
                "\t",
                URLEncoder.encode(e.path(), StandardCharsets.UTF_8),
                e.administrators().map(SiteLog::join).orElse(NOT_KNOWN),
                e.compared().map(at -> Long.toString(at.getEpochSecond())).orElse(NOT_KNOWN),
                join(e.findings()));
    }

    private Entry parse(String line) throws IOException {
        String[] field = line.split("\t", -1);
        try {
            if (field.length != FIELDS) {
                throw new IllegalArgumentException(field.length + " fields");
            }
            return new Entry(
                    URLDecoder.decode(field[0], StandardCharsets.UTF_8),
                    field[1].equals(NOT_KNOWN) ? Optional.empty() : Optional.of(split(field[1])),
                    field[2].equals(NOT_KNOWN)
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(Long.parseLong(field[2]))),
                    split(field[3]));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has a line that is not understood: " + line, e);
        }
    }

    /** A dash alone would be nothing known, and is escaped by nobody: so each name has a mark before it. */
    private static String join(Collection<String> texts) {
        return texts.stream()
                .map(text -> "=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    private static List<String> split(String joined) {
        return joined.isEmpty()
                ? List.of()
                : List.of(joined.split(" ")).stream()
                        .map(text -> URLDecoder.decode(text.substring(1), StandardCharsets.UTF_8))
                        .toList();
    }
}
