package dev.drydock.agent.host.database;

import dev.drydock.agent.host.Commands;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the database server of the managed system. */
public record DatabaseServers(ManagedHost host) {
    public static final String MARIADB = "mariadb";
    public static final String MYSQL = "mysql";
    public static final String POSTGRESQL = "postgresql";

    /**
     * The server of an engine; without one, the only engine whose clients are there.
     *
     * @param engine {@code mariadb} and {@code mysql} mean the same
     * @param defaultsFile options of MariaDB's clients with user and password; without it root by the Unix socket
     * @throws HostException when its clients are not there, or when several engines are and none is named
     */
    public DatabaseServer find(Optional<String> engine, Optional<String> defaultsFile) throws HostException {
        MariadbServer mariadb = new MariadbServer(host.files(), MariadbClient.of(host.commands(), defaultsFile));
        PostgresqlServer postgresql = new PostgresqlServer(host.files(), host.commands());
        List<DatabaseServer> candidates =
                switch (engine.orElse("")) {
                    case "" -> present(mariadb, postgresql);
                    case MARIADB, MYSQL -> List.of(mariadb);
                    case POSTGRESQL -> List.of(postgresql);
                    default ->
                        throw new IllegalArgumentException("argument 'engine' is " + engine.get() + ", expected "
                                + MARIADB + ", " + MYSQL + " or " + POSTGRESQL);
                };
        if (candidates.size() != 1) {
            throw new HostException(
                    candidates.isEmpty()
                            ? "no clients of a database server are here: neither mariadb or mysql with their dump program,"
                                    + " nor psql with pg_dump and pg_restore"
                            : "clients of several database servers are here; name the engine: " + MARIADB + " or "
                                    + POSTGRESQL);
        }
        DatabaseServer only = candidates.getFirst();
        Optional<String> missing = missing(only);
        if (missing.isPresent()) {
            throw new HostException(only.engine() + ": " + missing.get());
        }
        return only;
    }

    /** As {@link #find}, and a server answers. */
    public DatabaseServer reach(Optional<String> engine, Optional<String> defaultsFile, Job job)
            throws HostException, InterruptedException {
        DatabaseServer server = find(engine, defaultsFile);
        try {
            server.version(job);
        } catch (HostException e) {
            throw e.in(server.engine() + " cannot be reached as its administrator");
        }
        return server;
    }

    private List<DatabaseServer> present(DatabaseServer... all) {
        List<DatabaseServer> present = new ArrayList<>();
        for (DatabaseServer server : all) {
            if (missing(server).isEmpty()) {
                present.add(server);
            }
        }
        return present;
    }

    private Optional<String> missing(DatabaseServer server) {
        Commands commands = host.commands();
        try {
            for (String program : server.programs()) {
                commands.requireProgram(program);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
