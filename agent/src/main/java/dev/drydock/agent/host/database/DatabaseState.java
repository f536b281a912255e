package dev.drydock.agent.host.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a database, as far as it takes to tell whether another holds the same.
 *
 * @param tables rows and checksum of the values in them, by name, independent of the order of rows
 * @param definitions digest by kind and name ({@code view totals}): tables' columns and keys, views, routines, triggers, events
 */
public record DatabaseState(SortedMap<String, Contents> tables, SortedMap<String, String> definitions) {
    public DatabaseState {
        tables = new TreeMap<>(tables);
        definitions = new TreeMap<>(definitions);
    }

    public record Contents(long rows, String checksum) {
        @Override
        public String toString() {
            return rows + " rows, checksum " + checksum;
        }
    }

    /** What of the other differs from this, a line each; empty when they are equal. */
    public List<String> differences(DatabaseState other) {
        List<String> all = new ArrayList<>(differences("table", tables, other.tables));
        all.addAll(differences("", definitions, other.definitions));
        return all;
    }

    /** The tables and definitions that are equal in both. */
    public DatabaseState common(DatabaseState other) {
        DatabaseState same = new DatabaseState(tables, definitions);
        same.tables.entrySet().retainAll(other.tables.entrySet());
        same.definitions.entrySet().retainAll(other.definitions.entrySet());
        return same;
    }

    public long rows() {
        return tables.values().stream().mapToLong(Contents::rows).sum();
    }

    private static <T> List<String> differences(String kind, Map<String, T> expected, Map<String, T> actual) {
        List<String> all = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(actual.keySet());
        for (String name : names) {
            String what = (kind + " " + name).strip();
            T wanted = expected.get(name);
            T found = actual.get(name);
            if (wanted == null) {
                all.add(what + " should not be there");
            } else if (found == null) {
                all.add(what + " is missing");
            } else if (!wanted.equals(found)) {
                all.add(kind.isEmpty() ? what + " differs" : what + " has " + found + ", expected " + wanted);
            }
        }
        return all;
    }
}
