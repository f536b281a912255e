package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.database.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;

/**
 * Where a restore is tried. The names are known before anything is made, so that what a crash leaves there can be removed.
 *
 * @param directory absolute, inside the managed system
 * @param database used for one database after the other
 */
public record Scratch(String directory, String database) {
    private static final String PREFIX = "/.drydock-scratch-";

    /** @param id unique among all that goes on at one time: letters and digits */
    public static Scratch in(String base, String id) {
        return new Scratch(base + PREFIX + id, DatabaseServer.SCRATCH + id);
    }

    /** @param server where databases were tried */
    public void remove(HostFiles files, Optional<DatabaseServer> server, Job job)
            throws HostException, IOException, InterruptedException {
        Trees.delete(files.resolve(directory));
        if (server.isPresent()) {
            server.get().dropScratch(database, job);
        }
    }

    public boolean isLeft(HostFiles files) throws IOException {
        return Files.exists(files.resolve(directory), LinkOption.NOFOLLOW_LINKS);
    }
}
