package dev.drydock.agent.action;

import dev.drydock.agent.backup.StateText;
import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.database.DatabaseState;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What databases held before a change, to be compared with what they hold after its way back.
 *
 * @param databases by name
 */
record KeptContents(Map<String, DatabaseState> databases) {
    private static final String PREFIX = "database-";

    /** A file for each; durable when it returns. */
    void write(Path directory) throws IOException {
        for (Map.Entry<String, DatabaseState> database : databases.entrySet()) {
            DurableFiles.replace(
                    directory.resolve(PREFIX + URLEncoder.encode(database.getKey(), StandardCharsets.UTF_8)),
                    StateText.write(database.getValue()).getBytes(StandardCharsets.UTF_8));
        }
    }

    static KeptContents read(Path directory) throws IOException {
        Map<String, DatabaseState> states = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName()).substring(PREFIX.length());
                states.put(URLDecoder.decode(name, StandardCharsets.UTF_8), StateText.read(Files.readString(file)));
            }
        }
        return new KeptContents(states);
    }

    /** Databases, tables and definitions that are gone, a line each. */
    List<String> lost(Map<String, DatabaseState> now) {
        List<String> lost = new ArrayList<>();
        databases.forEach((name, before) -> {
            DatabaseState found = now.get(name);
            if (found == null) {
                lost.add("database " + name + " is missing");
                return;
            }
            before.tables().keySet().stream()
                    .filter(table -> !found.tables().containsKey(table))
                    .forEach(table -> lost.add("table " + name + "." + table + " is missing"));
            before.definitions().keySet().stream()
                    .filter(definition -> !found.definitions().containsKey(definition))
                    .forEach(definition -> lost.add(definition + " of database " + name + " is missing"));
        });
        return lost;
    }

    /** Where nothing is lost: that contents are equal, or what was written since; a line for each database. */
    List<String> compare(Map<String, DatabaseState> now) {
        List<String> lines = new ArrayList<>();
        databases.forEach((name, before) -> {
            DatabaseState found = now.get(name);
            List<String> differences = found == null ? List.of("it is missing") : before.differences(found);
            lines.add(
                    differences.isEmpty()
                            ? "database " + name + " holds what it held: "
                                    + before.tables().size() + " tables with " + before.rows()
                                    + " rows, checksum for checksum"
                            : "database " + name + " was written to since, which stays: "
                                    + String.join("; ", differences));
        });
        return lines;
    }
}
