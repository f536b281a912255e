package dev.drydock.agent.host.database;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL, by its own clients, as the user postgres over the Unix socket. */
final class PostgresqlServer implements DatabaseServer {
    private static final String MAINTENANCE = "postgres";

    /** What a database or a role sets for itself must not change how values read. */
    private static final Map<String, String> READING = Map.of(
            "PGOPTIONS",
            "-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"
                    + " -c bytea_output=hex -c extra_float_digits=1 -c search_path=pg_catalog -c xmloption=content",
            "PGCLIENTENCODING",
            "UTF8");

    private final HostFiles files;
    private final Commands commands;

    PostgresqlServer(HostFiles files, Commands commands) {
        this.files = files;
        this.commands = commands;
    }

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    public List<String> programs() {
        return List.of("runuser", "psql", "pg_dump", "pg_restore");
    }

    @Override
    public String version(Job job) throws HostException, InterruptedException {
        return ask(MAINTENANCE, "SHOW server_version", job).getFirst().getFirst();
    }

    @Override
    public List<String> databases(Job job) throws HostException, InterruptedException {
        return ask(
                        MAINTENANCE,
                        "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname<>'postgres' ORDER BY 1",
                        job)
                .stream()
                .map(List::getFirst)
                .toList();
    }

    @Override
    public long size(String database, Job job) throws HostException, InterruptedException {
        return Long.parseLong(ask(database, "SELECT pg_database_size(current_database())", job)
                .getFirst()
                .getFirst());
    }

    @Override
    public void dump(String database, Path file, Packing packing, Job job) throws HostException, InterruptedException {
        Pipeline.on(files)
                .then(asPostgres("pg_dump", "-Fc", "-Z0", "--dbname=" + database), Map.of())
                .thenAll(packing.pack())
                .into(file)
                .run(job);
        requireWhole(file, packing, job);
    }

    /** Reads it to its end, as a restore would. */
    private void requireWhole(Path dump, Packing packing, Job job) throws HostException, InterruptedException {
        try {
            packing.open(files, dump).then("pg_restore", "--file=/dev/null").run(job.silent());
        } catch (HostException e) {
            throw e.in("the dump in " + dump + " is not whole");
        }
    }

    @Override
    public void restore(String database, Path dump, Packing packing, Job job)
            throws HostException, InterruptedException {
        requireWhole(dump, packing, job);
        drop(database, job);
        packing.open(files, dump)
                .then(asPostgres("pg_restore", "--create", "--exit-on-error", "--dbname=" + MAINTENANCE), Map.of())
                .run(job);
    }

    private void drop(String database, Job job) throws HostException, InterruptedException {
        if (ask(MAINTENANCE, "SELECT 1 FROM pg_database WHERE datname=" + text(database), job)
                .isEmpty()) {
            return;
        }
        tell("ALTER DATABASE " + name(database) + " ALLOW_CONNECTIONS false", job);
        tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname=" + text(database), job);
        tell("DROP DATABASE IF EXISTS " + name(database), job);
    }

    @Override
    public void createScratch(String scratch, String like, Job job) throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        drop(scratch, job);
        List<List<String>> found = ask(
                MAINTENANCE,
                "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname="
                        + text(like),
                job);
        String settings = found.isEmpty()
                ? ""
                : " ENCODING " + text(found.getFirst().get(0)) + " LC_COLLATE "
                        + text(found.getFirst().get(1)) + " LC_CTYPE "
                        + text(found.getFirst().get(2));
        tell("CREATE DATABASE " + name(scratch) + " TEMPLATE template0" + settings, job);
    }

    @Override
    public void fillScratch(String scratch, Path dump, Packing packing, Job job)
            throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        packing.open(files, dump)
                .then(
                        asPostgres(
                                "pg_restore",
                                "--exit-on-error",
                                "--no-subscriptions",
                                "--no-publications",
                                "--dbname=" + scratch),
                        Map.of())
                .run(job);
    }

    @Override
    public void dropScratch(String scratch, Job job) throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        drop(scratch, job);
    }

    @Override
    public DatabaseState state(String database, Job job) throws HostException, InterruptedException {
        TreeMap<String, DatabaseState.Contents> tables = new TreeMap<>();
        for (List<String> row : ask(database, PostgresqlCatalog.TABLES, job)) {
            List<String> seen = ask(database, PostgresqlCatalog.contents(row.getFirst()), job)
                    .getFirst();
            tables.put(row.getFirst(), new DatabaseState.Contents(Long.parseLong(seen.get(0)), seen.get(1)));
        }
        TreeMap<String, String> definitions = new TreeMap<>();
        for (List<String> row : ask(database, PostgresqlCatalog.DEFINITIONS, job)) {
            definitions.put(row.get(0) + " " + row.get(1), row.get(2));
        }
        return new DatabaseState(tables, definitions);
    }

    @Override
    public List<List<String>> query(String database, String query, Job job) throws HostException, InterruptedException {
        Map<String, String> environment = Map.of("PGOPTIONS", "-c default_transaction_read_only=on");
        return rows(run(environment, psql(database, "BEGIN READ ONLY", query, "ROLLBACK"), job));
    }

    private List<List<String>> ask(String database, String sql, Job job) throws HostException, InterruptedException {
        return rows(run(READING, psql(database, sql), job));
    }

    private void tell(String sql, Job job) throws HostException, InterruptedException {
        run(Map.of(), psql(MAINTENANCE, sql), job);
    }

    private String run(Map<String, String> environment, List<String> argv, Job job)
            throws HostException, InterruptedException {
        Commands.Result result = job.silent().run(commands, environment, argv);
        if (!result.ok()) {
            throw HostException.of("psql", result);
        }
        return result.stdout();
    }

    private static List<String> psql(String database, String... statements) {
        List<String> argv = asPostgres(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--field-separator=\t",
                "--set=ON_ERROR_STOP=1",
                "--pset=null=NULL",
                "--dbname=" + database);
        for (String statement : statements) {
            argv.add("--command=" + statement);
        }
        return argv;
    }

    private static List<String> asPostgres(String... program) {
        List<String> argv = new ArrayList<>(List.of("runuser", "-u", "postgres", "--"));
        argv.addAll(Arrays.asList(program));
        return argv;
    }

    private static List<List<String>> rows(String out) {
        return out.lines().map(line -> List.of(line.split("\t", -1))).toList();
    }

    private static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
