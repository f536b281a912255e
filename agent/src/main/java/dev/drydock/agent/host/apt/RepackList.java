package dev.drydock.agent.host.apt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of an installed package, from {@code dpkg-query -L}. Pure. */
final class RepackList {
    private static final List<String> DIVERTED = List.of("locally diverted to: ", "diverted by ");

    private RepackList() {}

    /** {@code path → where its content is}: the same, but for files that another package or the operator diverted. */
    static Map<String, String> parse(String output) {
        Map<String, String> files = new LinkedHashMap<>();
        String last = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith("/")) {
                last = line;
                if (!line.equals("/.")) {
                    files.put(line, line);
                }
            } else if (DIVERTED.stream().anyMatch(line::startsWith)) {
                files.put(last, line.substring(line.indexOf(" to: ") + " to: ".length()));
            }
        }
        return files;
    }
}
