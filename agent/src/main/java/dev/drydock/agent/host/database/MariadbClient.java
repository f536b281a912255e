package dev.drydock.agent.host.database;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of MariaDB or MySQL, as root over the Unix socket or as a file of options says. A password is in that file or not
 * at all: never in the arguments or the environment.
 */
record MariadbClient(Commands commands, String client, String dumper, Optional<String> defaultsFile) {
    private static final String SESSION =
            "SET SESSION time_zone='+00:00', sql_mode='NO_BACKSLASH_ESCAPES', group_concat_max_len=67108864";

    /** Those of MariaDB where they are there, else those of MySQL. */
    static MariadbClient of(Commands commands, Optional<String> defaultsFile) {
        try {
            commands.requireProgram("mariadb");
            return new MariadbClient(commands, "mariadb", "mariadb-dump", defaultsFile);
        } catch (IOException absent) {
            return new MariadbClient(commands, "mysql", "mysqldump", defaultsFile);
        }
    }

    boolean isMysql() {
        return client.equals("mysql");
    }

    /** The program with the options by which it gets in; nothing may come before them. */
    List<String> argv(String program, String... more) {
        List<String> argv = new ArrayList<>(List.of(program));
        argv.add(defaultsFile.map(file -> "--defaults-extra-file=" + file).orElse("--user=root"));
        argv.add("--default-character-set=utf8mb4");
        argv.addAll(Arrays.asList(more));
        return argv;
    }

    /** Rows of all the statements' answers, one after the other. Backslashes in SQL are plain characters. */
    List<List<String>> ask(String sql, Job job) throws HostException, InterruptedException {
        String out = run(sql, job);
        return out.lines()
                .map(line -> Arrays.stream(line.split("\t", -1))
                        .map(MariadbClient::unescape)
                        .toList())
                .toList();
    }

    void tell(String sql, Job job) throws HostException, InterruptedException {
        run(sql, job);
    }

    private String run(String sql, Job job) throws HostException, InterruptedException {
        List<String> argv =
                argv(client, "--batch", "--skip-column-names", "--init-command=" + SESSION, "--execute=" + sql);
        Commands.Result result = job.silent().run(commands, Map.of(), argv);
        if (!result.ok()) {
            throw HostException.of(client, result);
        }
        return result.stdout();
    }

    private static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                char next = field.charAt(++i);
                out.append(
                        switch (next) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case '0' -> '\0';
                            default -> next;
                        });
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    /** A literal, for {@link #SESSION}'s mode. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
