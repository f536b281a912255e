package dev.drydock.agent.host.wordpress;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The logs into which PHP's fatal errors of a site may go. Others may write there too: only lines with the site's path count. */
public final class ErrorLogs {
    private static final Pattern FATAL = Pattern.compile("PHP (Fatal|Parse|Compile) error");
    private static final int MOST = 4 << 20;
    private static final int MOST_LINES = 20;

    private final List<Path> logs;
    private final String site;

    public ErrorLogs(List<Path> logs, String site) {
        this.logs = List.copyOf(logs);
        this.site = site;
    }

    /**
     * Where a log ended at one moment.
     *
     * @param file which one it was, so that one that took its place is told from it; empty: there was none
     */
    public record End(Optional<Object> file, long size) {}

    /** Where each log ends now. */
    public Map<Path, End> ends() throws IOException {
        Map<Path, End> ends = new LinkedHashMap<>();
        for (Path log : logs) {
            ends.put(log, end(log));
        }
        return ends;
    }

    private static End end(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            return new End(Optional.empty(), 0);
        }
        BasicFileAttributes now = Files.readAttributes(log, BasicFileAttributes.class);
        return new End(Optional.ofNullable(now.fileKey()), now.size());
    }

    /** Lines of fatal errors of this site since then; the first few. */
    public List<String> since(Map<Path, End> ends) throws IOException {
        List<String> fatal = new ArrayList<>();
        for (Map.Entry<Path, End> entry : ends.entrySet()) {
            if (Files.isRegularFile(entry.getKey())) {
                read(entry.getKey(), entry.getValue())
                        .lines()
                        .filter(line -> FATAL.matcher(line).find() && line.contains(site))
                        .limit(MOST_LINES)
                        .forEach(fatal::add);
            }
        }
        return fatal;
    }

    private static String read(Path log, End then) throws IOException {
        boolean same = end(log).file().equals(then.file());
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            // A log that became shorter was begun anew.
            in.seek(same && in.length() >= then.size() ? then.size() : 0);
            byte[] bytes = new byte[(int) Math.min(MOST, in.length() - in.getFilePointer())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
