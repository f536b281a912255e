package dev.drydock.agent.backup;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.Pipeline;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the archives of a backup, and beside each what must be in it. */
public final class BackupMaker {
    static final String FILES = "files";
    static final String LISTING = "listing";
    static final String STATE = "state";

    /** How exact the kernel's clock of files is, with room to spare. */
    private static final Duration TICK = Duration.ofMillis(50);

    private static final int BLOCK = 512;

    private final ManagedHost host;
    private final Packing packing;

    public BackupMaker(ManagedHost host, Packing packing) {
        this.host = host;
        this.packing = packing;
    }

    /** @throws HostException when a program that it takes is not there */
    public void requirePrograms(BackupContents contents, Job job) throws HostException, InterruptedException {
        try {
            for (String program : packing.programs()) {
                host.commands().requireProgram(program);
            }
            if (contents.files().isPresent()) {
                host.commands().requireProgram("tar");
            }
        } catch (IOException e) {
            throw new HostException("a program that backups need is missing: " + e.getMessage(), e);
        }
        if (contents.files().isPresent()) {
            new Tar(host.files(), host.commands()).requireGnu(job);
        }
    }

    /** Bytes on disk of the files that would be in it; what was listed lies in the directory afterwards. */
    public long sizeOfFiles(FileSelection selection, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        Path names = workDir.resolve("names");
        Path blocks = workDir.resolve("blocks");
        selection.list(host.files(), names);
        Pipeline.on(host.files())
                .from(names)
                .then(List.of("xargs", "-0", "-r", "stat", "--format=%b", "--"), Map.of(), Set.of(0, 123))
                .into(blocks)
                .run(job.silent());
        try (var lines = Files.lines(blocks)) {
            return lines.mapToLong(Long::parseLong).sum() * BLOCK;
        }
    }

    /**
     * @param staging where the archives go; on disk when it returns
     * @param workDir for what is needed meanwhile
     */
    public List<Manifest.Archive> make(BackupContents contents, Path staging, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        List<Manifest.Archive> archives = new ArrayList<>();
        if (contents.files().isPresent()) {
            files(contents.files().get(), staging, workDir, job, archives);
        }
        if (contents.server().isPresent()) {
            for (String database : contents.databases()) {
                database(contents.server().get(), database, staging, workDir, job, archives);
            }
        }
        return archives;
    }

    private void files(FileSelection selection, Path staging, Path workDir, Job job, List<Manifest.Archive> archives)
            throws HostException, IOException, InterruptedException {
        Path names = workDir.resolve("names");
        FileSelection.Found found = selection.list(host.files(), names);
        // By the clock that stamps files.
        Instant since =
                ((FileTime) Files.getAttribute(names, "unix:ctime")).toInstant().minus(TICK);
        job.output().line("Backing up " + found.names() + " files and directories");
        Path archive = staging.resolve("files.tar" + packing.suffix());
        new Tar(host.files(), host.commands()).create(names, archive, packing, job);
        archives.add(archive(archive, FILES, "", job));
        Path listing = workDir.resolve("listing");
        FileListing.Totals totals = FileListing.write(host.files(), names, since, listing, job);
        if (totals.moving() > 0) {
            job.output()
                    .line(totals.moving() + " of them changed meanwhile: in the backup they are of some moment of that"
                            + " time");
        }
        archives.add(pack(listing, staging.resolve("files.list" + packing.suffix()), LISTING, "", job));
    }

    /** What is equal before and after the dump is what must be in it. */
    private void database(
            DatabaseServer server,
            String database,
            Path staging,
            Path workDir,
            Job job,
            List<Manifest.Archive> archives)
            throws HostException, IOException, InterruptedException {
        String name = fileName(database);
        job.output().line("Dumping database " + database + " of " + server.engine());
        DatabaseState before = server.state(database, job);
        Path dump = staging.resolve("database-" + name + ".dump" + packing.suffix());
        server.dump(database, dump, packing, job);
        DatabaseState steady = before.common(server.state(database, job));
        archives.add(archive(dump, server.engine(), database, job));
        Path state = workDir.resolve("state");
        Files.writeString(state, StateText.write(steady));
        archives.add(
                pack(state, staging.resolve("database-" + name + ".state" + packing.suffix()), STATE, database, job));
    }

    private static String fileName(String database) {
        StringBuilder name = new StringBuilder();
        for (byte b : database.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && Character.isLetterOrDigit(c) || c == '_' || c == '-';
            name.append(plain ? String.valueOf(c) : "%" + String.format("%02X", (int) c));
        }
        return name.toString();
    }

    private Manifest.Archive pack(Path from, Path into, String kind, String of, Job job)
            throws HostException, IOException, InterruptedException {
        Pipeline.on(host.files()).from(from).thenAll(packing.pack()).into(into).run(job);
        return archive(into, kind, of, job);
    }

    /** Read back from the file. */
    private Manifest.Archive archive(Path file, String kind, String of, Job job)
            throws HostException, IOException, InterruptedException {
        FileKeeper.force(file);
        return new Manifest.Archive(
                String.valueOf(file.getFileName()), kind, of, Files.size(file), Sums.of(host.files(), file, job));
    }
}
