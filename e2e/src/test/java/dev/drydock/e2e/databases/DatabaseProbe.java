package dev.drydock.e2e.databases;

import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs on a lab host with the agent's classes: one call of the agent's port to databases, its answer on standard output. */
public final class DatabaseProbe {
    private static final String SCRATCH = DatabaseServer.SCRATCH + "probe";

    private DatabaseProbe() {}

    /** CALL ENGINE DATABASE [FILE]. */
    public static void main(String[] args) throws Exception {
        ManagedHost host = ManagedHost.open(Path.of("/"));
        Job job = Job.quiet(Duration.ofMinutes(2));
        DatabaseServer server = new DatabaseServers(host).reach(Optional.of(args[1]), Optional.empty(), job);
        Packing packing = Packing.of(host.commands());
        String database = args[2];
        switch (args[0]) {
            case "state" -> System.out.println(server.state(database, job));
            case "dump" -> server.dump(database, Path.of(args[3]), packing, job);
            case "restore" -> server.restore(database, Path.of(args[3]), packing, job);
            case "query" -> System.out.println(server.query(database, args[3], job));
            case "trial" -> System.out.println(trial(server, database, Path.of(args[3]), packing, job));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** How what is restored from a dump differs from the database. */
    private static List<String> trial(DatabaseServer server, String database, Path dump, Packing packing, Job job)
            throws Exception {
        server.createScratch(SCRATCH, database, job);
        try {
            server.fillScratch(SCRATCH, dump, packing, job);
            return server.state(database, job).differences(server.state(SCRATCH, job));
        } finally {
            server.dropScratch(SCRATCH, job);
        }
    }
}
