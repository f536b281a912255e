package dev.drydock.agent.host.wordpress;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Where each log ends now. */
    public Map<Path, Long> positions() throws IOException {
        Map<Path, Long> positions = new LinkedHashMap<>();
        for (Path log : logs) {
            positions.put(log, Files.isRegularFile(log) ? Files.size(log) : 0);
        }
        return positions;
    }

    /** Lines of fatal errors of this site since then; the first few. */
    public List<String> since(Map<Path, Long> positions) throws IOException {
        List<String> fatal = new ArrayList<>();
        for (Map.Entry<Path, Long> entry : positions.entrySet()) {
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

    private static String read(Path log, long from) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
            // A log that became shorter was begun anew.
            in.seek(in.length() < from ? 0 : from);
            byte[] bytes = new byte[(int) Math.min(MOST, in.length() - in.getFilePointer())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
