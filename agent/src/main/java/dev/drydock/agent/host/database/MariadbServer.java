package dev.drydock.agent.host.database;

import static dev.drydock.agent.host.database.MariadbClient.name;
import static dev.drydock.agent.host.database.MariadbClient.text;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MariaDB and MySQL, by their own clients. */
final class MariadbServer implements DatabaseServer {
    /** The last line of a dump that came to its end. */
    private static final String TRAILER = "-- Dump completed";

    /** What is done for a test is no news to replicas. */
    private static final String UNLOGGED = "SET SESSION sql_log_bin=0; ";

    /** Makes the events in a dump sleep. Lines of data never begin so, since line breaks in values are escaped. */
    private static final String DISABLE_EVENTS =
            "/^\\/\\*!50106 CREATE.* EVENT /s/\\(ON COMPLETION \\(NOT \\)\\{0,1\\}PRESERVE\\) ENABLE/\\1 DISABLE/";

    private final HostFiles files;
    private final MariadbClient client;

    MariadbServer(HostFiles files, MariadbClient client) {
        this.files = files;
        this.client = client;
    }

    @Override
    public String engine() {
        return client.isMysql() ? "mysql" : "mariadb";
    }

    @Override
    public List<String> programs() {
        return List.of(client.client(), client.dumper());
    }

    @Override
    public String version(Job job) throws HostException, InterruptedException {
        return client.ask("SELECT VERSION()", job).getFirst().getFirst();
    }

    @Override
    public List<String> databases(Job job) throws HostException, InterruptedException {
        return client
                .ask(
                        "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN"
                                + " ('information_schema','performance_schema','mysql','sys') ORDER BY 1",
                        job)
                .stream()
                .map(List::getFirst)
                .toList();
    }

    @Override
    public long size(String database, Job job) throws HostException, InterruptedException {
        return Long.parseLong(client.ask(
                        "SELECT COALESCE(SUM(DATA_LENGTH),0) FROM information_schema.TABLES WHERE TABLE_SCHEMA="
                                + text(database),
                        job)
                .getFirst()
                .getFirst());
    }

    @Override
    public void dump(String database, Path file, Packing packing, Job job) throws HostException, InterruptedException {
        Pipeline.on(files)
                .then(withFirstLine(settings(database, job), dumping(database)), Map.of())
                .thenAll(packing.pack())
                .into(file)
                .run(job);
        requireTrailer(file, packing, job);
    }

    private List<String> dumping(String database) {
        List<String> argv = client.argv(
                client.dumper(),
                "--single-transaction",
                "--quick",
                "--routines",
                "--triggers",
                "--events",
                "--hex-blob",
                "--skip-dump-date");
        if (client.isMysql()) {
            // What identifies transactions belongs to the server, not to one database of it.
            argv.add("--set-gtid-purged=OFF");
        }
        argv.add(database);
        return argv;
    }

    /** Without a name it is about the database that the dump is read into. */
    private String settings(String database, Job job) throws HostException, InterruptedException {
        List<List<String>> found = client.ask(
                "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
                        + " WHERE SCHEMA_NAME=" + text(database),
                job);
        if (found.isEmpty()) {
            throw new HostException("there is no database " + database + " in " + engine() + "; there are "
                    + String.join(", ", databases(job)));
        }
        return "ALTER DATABASE CHARACTER SET " + found.getFirst().get(0) + " COLLATE "
                + found.getFirst().get(1) + ";";
    }

    private static List<String> withFirstLine(String line, List<String> program) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "printf '%s\\n' \"$0\" && exec \"$@\"", line));
        argv.addAll(program);
        return argv;
    }

    private void requireTrailer(Path dump, Packing packing, Job job) throws HostException, InterruptedException {
        try {
            packing.open(files, dump)
                    .then("tail", "-n", "1")
                    .then("grep", "-q", "^" + TRAILER)
                    .run(job);
        } catch (HostException e) {
            throw new HostException("the dump in " + dump + " is not whole: it does not end with '" + TRAILER + "'", e);
        }
    }

    @Override
    public void restore(String database, Path dump, Packing packing, Job job)
            throws HostException, InterruptedException {
        requireTrailer(dump, packing, job);
        client.tell("DROP DATABASE IF EXISTS " + name(database) + "; CREATE DATABASE " + name(database), job);
        packing.open(files, dump)
                .then(client.argv(client.client(), "--database=" + database), Map.of())
                .run(job);
    }

    @Override
    public void createScratch(String scratch, String like, Job job) throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        client.tell(UNLOGGED + "DROP DATABASE IF EXISTS " + name(scratch) + "; CREATE DATABASE " + name(scratch), job);
    }

    @Override
    public void fillScratch(String scratch, Path dump, Packing packing, Job job)
            throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        packing.open(files, dump)
                .then(List.of("sed", DISABLE_EVENTS), Map.of("LC_ALL", "C"))
                .then(
                        client.argv(
                                client.client(),
                                "--init-command=" + UNLOGGED.strip().replace(";", ""),
                                "--database=" + scratch),
                        Map.of())
                .run(job);
    }

    @Override
    public void dropScratch(String scratch, Job job) throws HostException, InterruptedException {
        DatabaseServer.requireScratch(scratch);
        client.tell(UNLOGGED + "DROP DATABASE IF EXISTS " + name(scratch), job);
    }

    @Override
    public DatabaseState state(String database, Job job) throws HostException, InterruptedException {
        return new MariadbState(client).read(database, job);
    }

    /** Prepared, so that it is one statement whatever is in it. */
    @Override
    public List<List<String>> query(String database, String query, Job job) throws HostException, InterruptedException {
        String sql = "USE " + name(database) + "; START TRANSACTION READ ONLY; PREPARE asked FROM " + text(query)
                + "; EXECUTE asked; ROLLBACK";
        return client.ask(sql, job);
    }
}
