package dev.drydock.agent.host.wordpress;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The tables of one site. By the database's own client, never through the application. */
public interface SiteDatabase {
    /** Each table of the site with the checksum of its rows; sorted. */
    SortedMap<String, String> checksums(Job job) throws HostException, InterruptedException;

    /** About how many bytes a dump has. */
    long size(Job job) throws HostException, InterruptedException;

    /**
     * Writes all tables of the site into the file, in one transaction, and reads it back: whole, and with each of the tables.
     *
     * @return SHA-256 of the file, hex
     */
    String dump(Path file, Job job) throws HostException, IOException, InterruptedException;

    /** Puts the tables back as in the dump, and drops those of the site that are not in it. Idempotent. */
    void restore(Path dump, Job job) throws HostException, IOException, InterruptedException;

    /** The value of an option of the main site; empty where there is none. */
    String option(String name, Job job) throws HostException, InterruptedException;

    /** The value of an option of the network; empty where there is none, or no network. */
    String networkOption(String name, Job job) throws HostException, InterruptedException;

    /** Login names of those who may do everything; sorted. */
    List<String> administrators(Job job) throws HostException, InterruptedException;
}
