package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where backups lie: each in a directory of its own, whole or not there. Keeps nothing between calls. */
public interface BackupStore {
    /** For people: a directory or a URL. */
    String location();

    /** Whether backups can be put there. */
    void requireUsable(Job job) throws HostException, IOException, InterruptedException;

    /** A directory of this machine, made when it is not there, in which the backup of that id is gathered. */
    Path staging(String id) throws IOException;

    /** The directory whose file system takes what is gathered. */
    Path room() throws IOException;

    /** Makes what was gathered a backup: durable first, its manifest and its name last. Does nothing where it is one already. */
    void publish(Manifest manifest, Job job) throws HostException, IOException, InterruptedException;

    /** Removes what was gathered and is no backup yet, on this machine first. Does nothing where there is none, or a whole one. */
    void discard(String id, Job job) throws HostException, IOException, InterruptedException;

    Optional<Manifest> find(String id, Job job) throws HostException, IOException, InterruptedException;

    /** Of all that is there and has a manifest of ours; what has none is no business of ours. */
    List<Manifest> all(Job job) throws HostException, IOException, InterruptedException;

    /**
     * One file of a backup, on this machine.
     *
     * @param workDir where it may be brought to
     */
    Path fetch(Manifest manifest, String file, Path workDir, Job job)
            throws HostException, IOException, InterruptedException;

    /** Removes the files that the manifest names, and it. Others' files in the directory stay, with it. */
    void remove(Manifest manifest, Job job) throws HostException, IOException, InterruptedException;
}
