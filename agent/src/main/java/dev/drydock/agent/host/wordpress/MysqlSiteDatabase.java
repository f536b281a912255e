package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * MySQL or MariaDB by their own clients, as the user of {@code wp-config.php}. The password goes by the client's environment, which
 * only root and that process can read.
 */
public final class MysqlSiteDatabase implements SiteDatabase {
    private static final Pattern CREATED = Pattern.compile("^CREATE TABLE `([^`]+)`.*");
    private static final String ENDED = "-- Dump completed";
    private static final int TAIL = 4096;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:]*)(?::(\\d+))?(?::(/.*))?");

    private final Commands commands;
    private final WpConfig config;
    private final Set<String> others;

    /** @param others longer prefixes of other sites in the same database, whose tables are none of this one */
    public MysqlSiteDatabase(Commands commands, WpConfig config, Set<String> others) {
        this.commands = commands;
        this.config = config;
        this.others = Set.copyOf(others);
    }

    @Override
    public SortedMap<String, String> checksums(Job job) throws HostException, InterruptedException {
        List<String> tables = tables(job);
        SortedMap<String, String> sums = new TreeMap<>();
        if (!tables.isEmpty()) {
            String sql = "CHECKSUM TABLE "
                    + String.join(", ", tables.stream().map(t -> '`' + t + '`').toList());
            query(sql, job)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .forEach(row -> sums.put(row[0].substring(row[0].indexOf('.') + 1), row[1]));
        }
        return sums;
    }

    private List<String> tables(Job job) throws HostException, InterruptedException {
        String like = config.prefix().replace("_", "\\_") + "%";
        return query(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                                + " AND table_type = 'BASE TABLE' AND table_name LIKE '" + like + "'",
                        job)
                .lines()
                .filter(table -> others.stream().noneMatch(table::startsWith))
                .sorted()
                .toList();
    }

    @Override
    public long size(Job job) throws HostException, InterruptedException {
        String sum = query(
                        "SELECT COALESCE(SUM(data_length), 0) FROM information_schema.tables"
                                + " WHERE table_schema = DATABASE()",
                        job)
                .strip();
        return (long) Double.parseDouble(sum);
    }

    @Override
    public String option(String name, Job job) throws HostException, InterruptedException {
        return query(
                        "SELECT option_value FROM `" + config.prefix() + "options` WHERE option_name = '" + plain(name)
                                + "'",
                        job)
                .stripTrailing();
    }

    @Override
    public String networkOption(String name, Job job) throws HostException, InterruptedException {
        return config.multisite()
                ? query(
                                "SELECT meta_value FROM `" + config.prefix() + "sitemeta` WHERE meta_key = '"
                                        + plain(name) + "' LIMIT 1",
                                job)
                        .stripTrailing()
                : "";
    }

    private static String plain(String name) {
        if (!name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("no name of an option: " + name);
        }
        return name;
    }

    @Override
    public List<String> administrators(Job job) throws HostException, InterruptedException {
        return query(
                        "SELECT u.user_login FROM `" + config.prefix() + "users` u JOIN `" + config.prefix()
                                + "usermeta` m ON m.user_id = u.ID WHERE m.meta_key = '" + config.prefix()
                                + "capabilities' AND m.meta_value LIKE '%\"administrator\"%'",
                        job)
                .lines()
                .sorted()
                .toList();
    }

    @Override
    public String dump(Path file, Job job) throws HostException, IOException, InterruptedException {
        List<String> tables = tables(job);
        if (tables.isEmpty()) {
            throw new HostException("no tables " + config.prefix() + "* in the database " + config.database());
        }
        Files.deleteIfExists(file);
        // Also where its owner alone may read: the dump has the users' password hashes in it.
        Files.createFile(
                file,
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        List<String> argv = new ArrayList<>(List.of(
                program("mariadb-dump", "mysqldump"),
                "--single-transaction",
                "--skip-lock-tables",
                "--hex-blob",
                "--triggers",
                "--default-character-set=utf8mb4",
                "--result-file=" + file));
        argv.addAll(connection());
        argv.add(config.database());
        argv.addAll(tables);
        run(argv, job);
        FileKeeper.force(file);
        Set<String> missing = new TreeSet<>(tables);
        missing.removeAll(tablesIn(file));
        if (!missing.isEmpty() || !lastOf(file).contains(ENDED)) {
            throw new HostException("the dump of " + config.database() + " is not whole"
                    + (missing.isEmpty() ? "" : ", not in it are: " + missing));
        }
        return FileKeeper.sha256(file);
    }

    @Override
    public void restore(Path dump, Job job) throws HostException, IOException, InterruptedException {
        Set<String> added = new TreeSet<>(tables(job));
        added.removeAll(tablesIn(dump));
        if (!added.isEmpty()) {
            job.output().line("Dropping tables that came with the update: " + String.join(", ", added));
            query(
                    "SET FOREIGN_KEY_CHECKS = 0; DROP TABLE IF EXISTS "
                            + String.join(
                                    ", ", added.stream().map(t -> '`' + t + '`').toList()),
                    job);
        }
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "dump=$1; shift; exec \"$@\" < \"$dump\"", "sh"));
        argv.add(dump.toString());
        argv.add(program("mariadb", "mysql"));
        argv.add("--default-character-set=utf8mb4");
        argv.addAll(connection());
        argv.add(config.database());
        run(argv, job);
    }

    private static Set<String> tablesIn(Path dump) throws IOException {
        Set<String> tables = new TreeSet<>();
        // Rows may hold bytes of any character set; names of tables are ASCII here.
        try (Stream<String> lines = Files.lines(dump, StandardCharsets.ISO_8859_1)) {
            lines.filter(line -> line.startsWith("CREATE TABLE")).forEach(line -> {
                Matcher m = CREATED.matcher(line);
                if (m.matches()) {
                    tables.add(m.group(1));
                }
            });
        }
        return tables;
    }

    private static String lastOf(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(Math.max(0, in.length() - TAIL));
            byte[] bytes = new byte[(int) Math.min(TAIL, in.length())];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private String query(String sql, Job job) throws HostException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(
                program("mariadb", "mysql"),
                "--batch",
                "--skip-column-names",
                "--raw",
                "--default-character-set=utf8mb4"));
        argv.addAll(connection());
        argv.addAll(List.of("--execute", sql, config.database()));
        return run(argv, job.silent());
    }

    private List<String> connection() throws HostException {
        Matcher m = HOST.matcher(config.host());
        if (!m.matches()) {
            throw new HostException("DB_HOST is '" + config.host() + "', expected host, host:port or host:/socket");
        }
        List<String> options = new ArrayList<>(List.of("--user=" + config.user()));
        if (m.group(3) != null) {
            options.add("--socket=" + m.group(3));
        } else {
            options.add("--host=" + m.group(1).replaceAll("[\\[\\]]", ""));
        }
        if (m.group(2) != null) {
            options.add("--port=" + m.group(2));
        }
        return Collections.unmodifiableList(options);
    }

    private String program(String first, String second) throws HostException {
        for (String name : List.of(first, second)) {
            try {
                commands.requireProgram(name);
                return name;
            } catch (IOException absent) {
                // the other one may be there
            }
        }
        throw new HostException(
                "neither " + first + " nor " + second + " is on this host: it needs the database's client");
    }

    private String run(List<String> argv, Job job) throws HostException, InterruptedException {
        return job.require(commands, Map.of(), Map.of("MYSQL_PWD", config.password()), argv);
    }
}
