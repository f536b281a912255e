package dev.drydock.agent.host.database;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.Packing;
import java.nio.file.Path;
import java.util.List;

/**
 * A database server of the managed system, reached as its local administrator. Everything streams; each call is bounded by its
 * job's time, and an interrupt ends what was started. Keeps nothing between calls.
 */
public interface DatabaseServer {
    /** All scratch databases are named so, and no other database is ever dropped but by {@link #restore}. */
    String SCRATCH = "drydock_scratch_";

    /** {@code mariadb}, {@code mysql} or {@code postgresql}. */
    String engine();

    /** The programs that it is worked with, a name each. */
    List<String> programs();

    /** Of the running server. Fails, with the reason, where none answers. */
    String version(Job job) throws HostException, InterruptedException;

    /** Sorted; without those of the server itself. */
    List<String> databases(Job job) throws HostException, InterruptedException;

    /** Bytes that the database takes on disk; a dump of it is rarely larger. */
    long size(String database, Job job) throws HostException, InterruptedException;

    /**
     * Writes all of the database, as it is at one moment, into a file: tables, views, routines, triggers, events, and its own
     * settings. Proven to be whole, not yet durable.
     *
     * @param file replaced; open for the agent alone
     */
    void dump(String database, Path file, Packing packing, Job job) throws HostException, InterruptedException;

    /**
     * Makes the database what it was when it was dumped: what came since is gone. It is removed and made anew, also when it is
     * not there, so that this may be repeated after a crash. Nothing is removed when the dump cannot be read to its end. Those
     * who use the database are cut off where the engine wants that.
     */
    void restore(String database, Path dump, Packing packing, Job job) throws HostException, InterruptedException;

    /**
     * Makes an empty database for a test. What is in one of that name is gone.
     *
     * @param scratch begins with {@link #SCRATCH}
     * @param like whose character set it takes, where such a database is there
     */
    void createScratch(String scratch, String like, Job job) throws HostException, InterruptedException;

    /** Fills a scratch database from a dump. Nothing in it acts by itself: its events are disabled, nothing is subscribed to. */
    void fillScratch(String scratch, Path dump, Packing packing, Job job) throws HostException, InterruptedException;

    /** Does nothing where it is not there. */
    void dropScratch(String scratch, Job job) throws HostException, InterruptedException;

    /** Reads all of the database. Equal for a database and for what was restored from its dump. */
    DatabaseState state(String database, Job job) throws HostException, InterruptedException;

    /**
     * Asks for rows in a transaction that cannot write.
     *
     * @param query one statement that begins with SELECT, WITH, SHOW, TABLE or VALUES
     * @return at most 8 MiB; a null is {@code NULL}
     */
    List<List<String>> query(String database, String query, Job job) throws HostException, InterruptedException;

    /** @throws HostException for a name that is none of a scratch database */
    static void requireScratch(String name) throws HostException {
        if (!name.startsWith(SCRATCH)) {
            throw new HostException(
                    "'" + name + "' is not the name of a scratch database, which begins with " + SCRATCH);
        }
    }
}
