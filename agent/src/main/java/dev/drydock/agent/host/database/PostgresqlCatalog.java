package dev.drydock.agent.host.database;

/** What PostgreSQL is asked about the contents of a database. Checksums are computed in the server. */
final class PostgresqlCatalog {
    private static final String USERS = " NOT IN ('pg_catalog','information_schema') AND n.nspname NOT LIKE 'pg_toast%'"
            + " AND n.nspname NOT LIKE 'pg_temp%'";

    /** Tables and materialized views, as they are written in SQL. */
    static final String TABLES =
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace"
                    + " WHERE c.relkind IN ('r','m') AND n.nspname" + USERS + " ORDER BY 1";

    /** Kind, name, digest. */
    static final String DEFINITIONS = String.join(
            " UNION ALL ",
            "SELECT 'columns of', format('%I.%I', n.nspname, c.relname), hashtextextended(string_agg(concat_ws('|',"
                    + " a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,"
                    + " pg_get_expr(d.adbin, d.adrelid)), ',' ORDER BY a.attnum), 0)::text"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace"
                    + " JOIN pg_attribute a ON a.attrelid=c.oid AND a.attnum>0 AND NOT a.attisdropped"
                    + " LEFT JOIN pg_attrdef d ON d.adrelid=c.oid AND d.adnum=a.attnum"
                    + " WHERE c.relkind IN ('r','p','v','m','f') AND n.nspname" + USERS + " GROUP BY 1,2",
            "SELECT 'view', format('%I.%I', n.nspname, c.relname), hashtextextended(pg_get_viewdef(c.oid), 0)::text"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid=c.relnamespace WHERE c.relkind IN ('v','m') AND"
                    + " n.nspname" + USERS,
            "SELECT 'sequence', format('%I.%I', n.schemaname, n.sequencename), coalesce(n.last_value::text, '-')"
                    + " FROM pg_sequences n",
            "SELECT 'function', p.oid::regprocedure::text, hashtextextended(pg_get_functiondef(p.oid), 0)::text"
                    + " FROM pg_proc p JOIN pg_namespace n ON n.oid=p.pronamespace WHERE p.prokind IN ('f','p') AND"
                    + " n.nspname" + USERS,
            "SELECT 'trigger', format('%I on %s', t.tgname, t.tgrelid::regclass),"
                    + " hashtextextended(pg_get_triggerdef(t.oid), 0)::text FROM pg_trigger t WHERE NOT t.tgisinternal",
            "SELECT 'constraint', format('%I on %s', k.conname, k.conrelid::regclass),"
                    + " hashtextextended(pg_get_constraintdef(k.oid), 0)::text FROM pg_constraint k"
                    + " JOIN pg_namespace n ON n.oid=k.connamespace WHERE k.conrelid<>0 AND n.nspname" + USERS,
            "SELECT 'index', format('%I.%I', n.schemaname, n.indexname), hashtextextended(n.indexdef, 0)::text"
                    + " FROM pg_indexes n WHERE n.schemaname NOT IN ('pg_catalog','information_schema')",
            "SELECT 'large objects', 'count', count(*)::text FROM pg_largeobject_metadata");

    private PostgresqlCatalog() {}

    /** @param table as {@link #TABLES} has it */
    static String contents(String table) {
        return "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM ONLY " + table + " t";
    }
}
