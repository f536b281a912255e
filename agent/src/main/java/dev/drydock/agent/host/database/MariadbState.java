package dev.drydock.agent.host.database;

import static dev.drydock.agent.host.database.MariadbClient.name;
import static dev.drydock.agent.host.database.MariadbClient.text;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.database.DatabaseState.Contents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what is in a database of MariaDB or MySQL. Checksums are of the values, computed in the server: {@code CHECKSUM TABLE}
 * depends on how rows are stored, which differs between a table that has grown old and the same table restored.
 */
record MariadbState(MariadbClient client) {
    /** Tables that are asked about at once; their names and columns must fit into one argument of a program. */
    private static final int AT_ONCE = 10;

    DatabaseState read(String database, Job job) throws HostException, InterruptedException {
        Map<String, List<String>> columns = columns(database, job);
        TreeMap<String, Contents> tables = new TreeMap<>();
        List<String> names = new ArrayList<>(columns.keySet());
        for (int i = 0; i < names.size(); i += AT_ONCE) {
            StringBuilder sql = new StringBuilder();
            for (String table : names.subList(i, Math.min(names.size(), i + AT_ONCE))) {
                sql.append(contents(database, table, columns.getOrDefault(table, List.of())));
            }
            for (List<String> row : client.ask(sql.toString(), job)) {
                tables.put(row.get(0), new Contents(Long.parseLong(row.get(1)), row.get(2)));
            }
        }
        TreeMap<String, String> definitions = new TreeMap<>();
        for (List<String> row : client.ask(definitions(database), job)) {
            definitions.put(row.get(0) + " " + row.get(1), row.get(2));
        }
        return new DatabaseState(tables, definitions);
    }

    private Map<String, List<String>> columns(String database, Job job) throws HostException, InterruptedException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        client.ask(
                        "SELECT t.TABLE_NAME, c.COLUMN_NAME FROM information_schema.TABLES t"
                                + " JOIN information_schema.COLUMNS c USING (TABLE_SCHEMA, TABLE_NAME)"
                                + " WHERE t.TABLE_SCHEMA=" + text(database)
                                + " AND t.TABLE_TYPE IN ('BASE TABLE','SYSTEM VERSIONED')"
                                + " ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION",
                        job)
                .forEach(row -> columns.computeIfAbsent(row.get(0), any -> new ArrayList<>())
                        .add(row.get(1)));
        return columns;
    }

    private static String contents(String database, String table, List<String> columns) {
        List<String> digests = columns.stream()
                .map(column -> "IFNULL(MD5(" + name(column) + "),'-')")
                .toList();
        return "SELECT " + text(table) + ", COUNT(*), COALESCE(SUM(CAST(CONV(LEFT(MD5(CONCAT("
                + String.join(",", digests) + ")),15),16,10) AS DECIMAL(30,0))),0) FROM " + name(database) + "."
                + name(table) + ";";
    }

    private static String definitions(String database) {
        String in = "=" + text(database);
        String qualified = text(name(database) + ".");
        return String.join(
                " UNION ALL ",
                "SELECT 'columns of', TABLE_NAME, MD5(GROUP_CONCAT(CONCAT_WS('|',COLUMN_NAME,COLUMN_TYPE,IS_NULLABLE,"
                        + "IFNULL(COLUMN_DEFAULT,'-'),IFNULL(COLLATION_NAME,''),EXTRA) ORDER BY ORDINAL_POSITION))"
                        + " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA" + in + " GROUP BY TABLE_NAME",
                "SELECT 'keys of', TABLE_NAME, MD5(GROUP_CONCAT(CONCAT_WS('|',INDEX_NAME,NON_UNIQUE,SEQ_IN_INDEX,"
                        + "COLUMN_NAME,IFNULL(SUB_PART,''),INDEX_TYPE) ORDER BY INDEX_NAME, SEQ_IN_INDEX))"
                        + " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA" + in + " GROUP BY TABLE_NAME",
                "SELECT 'view', TABLE_NAME, MD5(CONCAT_WS('|',REPLACE(VIEW_DEFINITION," + qualified
                        + ",''),CHECK_OPTION,DEFINER,SECURITY_TYPE)) FROM information_schema.VIEWS WHERE TABLE_SCHEMA"
                        + in,
                "SELECT LOWER(ROUTINE_TYPE), ROUTINE_NAME, MD5(CONCAT_WS('|',DTD_IDENTIFIER,ROUTINE_DEFINITION,"
                        + "IS_DETERMINISTIC,SQL_DATA_ACCESS,SECURITY_TYPE,SQL_MODE,DEFINER))"
                        + " FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA" + in,
                "SELECT 'trigger', TRIGGER_NAME, MD5(CONCAT_WS('|',EVENT_MANIPULATION,ACTION_TIMING,EVENT_OBJECT_TABLE,"
                        + "ACTION_ORDER,ACTION_STATEMENT,SQL_MODE,DEFINER))"
                        + " FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA" + in,
                "SELECT 'event', EVENT_NAME, MD5(CONCAT_WS('|',EVENT_TYPE,IFNULL(INTERVAL_VALUE,''),"
                        + "IFNULL(INTERVAL_FIELD,''),EVENT_DEFINITION,SQL_MODE,DEFINER))"
                        + " FROM information_schema.EVENTS WHERE EVENT_SCHEMA" + in,
                "SELECT 'settings', 'database', MD5(CONCAT_WS('|',DEFAULT_CHARACTER_SET_NAME,DEFAULT_COLLATION_NAME))"
                        + " FROM information_schema.SCHEMATA WHERE SCHEMA_NAME" + in);
    }
}
