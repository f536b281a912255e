package dev.drydock.agent.backup;

import dev.drydock.agent.host.database.DatabaseState;
import dev.drydock.agent.host.database.DatabaseState.Contents;
import java.io.IOException;
import java.util.TreeMap;

/** What a database held that did not change while it was dumped, as text: a line each, fields apart by tabs. */
public final class StateText {
    private StateText() {}

    public static String write(DatabaseState state) {
        StringBuilder text = new StringBuilder();
        state.tables().forEach((name, contents) -> text.append("table\t")
                .append(escape(name))
                .append('\t')
                .append(contents.rows())
                .append('\t')
                .append(contents.checksum())
                .append('\n'));
        state.definitions().forEach((name, digest) -> text.append("definition\t")
                .append(escape(name))
                .append('\t')
                .append(digest)
                .append('\n'));
        return text.toString();
    }

    public static DatabaseState read(String text) throws IOException {
        TreeMap<String, Contents> tables = new TreeMap<>();
        TreeMap<String, String> definitions = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] field = line.split("\t", -1);
            if (field[0].equals("table") && field.length == 4) {
                tables.put(unescape(field[1]), new Contents(Long.parseLong(field[2]), field[3]));
            } else if (field[0].equals("definition") && field.length == 3) {
                definitions.put(unescape(field[1]), field[2]);
            } else {
                throw new IOException("line not understood in the state of a database: " + line);
            }
        }
        return new DatabaseState(tables, definitions);
    }

    private static String escape(String name) {
        return name.replace("%", "%25").replace("\t", "%09").replace("\n", "%0A");
    }

    private static String unescape(String name) {
        return name.replace("%0A", "\n").replace("%09", "\t").replace("%25", "%");
    }
}
