package dev.drydock.controller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of variables as systemd reads it: {@code NAME=value} a line, quotes around all of a value, comments with {@code #} or {@code ;}.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=">systemd.exec(5)</a>
 */
record EnvironmentFile(Map<String, String> variables, List<String> problems) {
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)");

    static EnvironmentFile read(Path file) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int at = 0; at < lines.size(); at++) {
            StringBuilder line = new StringBuilder(lines.get(at));
            int first = at + 1;
            while (line.toString().endsWith("\\") && at + 1 < lines.size()) {
                line.setLength(line.length() - 1);
                line.append(lines.get(++at));
            }
            String text = line.toString();
            if (text.isBlank() || text.strip().startsWith("#") || text.strip().startsWith(";")) {
                continue;
            }
            Matcher parts = LINE.matcher(text);
            if (!parts.matches()) {
                problems.add(file + ":" + first + ": '" + text.strip() + "'; expected NAME=value");
                continue;
            }
            String value = parts.group(2).strip();
            String bare = unquoted(value);
            if (bare.length() == value.length() && (value.startsWith("\"") || value.startsWith("'"))) {
                problems.add(file + ":" + first + ": the quote of " + parts.group(1) + " is not closed; expected "
                        + parts.group(1) + "=\"…\"");
                continue;
            }
            variables.put(parts.group(1), bare);
        }
        return new EnvironmentFile(variables, problems);
    }

    private static String unquoted(String value) {
        for (String quote : List.of("\"", "'")) {
            if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }

    /** As {@code $NAME} becomes words of a command line: cut at white space. */
    List<String> words(String variable) {
        String value = variables.getOrDefault(variable, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }
}
