package dev.drydock.agent.backup;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.Job;
import dev.drydock.agent.host.ManagedHost;
import dev.drydock.agent.host.Packing;
import dev.drydock.agent.host.Trees;
import dev.drydock.agent.host.database.DatabaseServer;
import dev.drydock.agent.host.database.DatabaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves that a backup is what it says it is, and that it restores: into a scratch directory and scratch databases. */
public final class RestoreTrial {
    private final ManagedHost host;
    private final Packing packing;

    public RestoreTrial(ManagedHost host, Packing packing) {
        this.host = host;
        this.packing = packing;
    }

    /** Where the files of a backup are on this machine. */
    public interface Location {
        Path path(String file) throws HostException, IOException, InterruptedException;
    }

    /**
     * Compares each file of the backup with its manifest.
     *
     * @throws HostException for the first that is missing or damaged
     */
    public void requireWhole(List<Manifest.Archive> archives, Location files, Job job)
            throws HostException, IOException, InterruptedException {
        for (Manifest.Archive archive : archives) {
            Path file = files.path(archive.file());
            if (!Files.exists(file)) {
                throw new HostException(archive.file() + " of the backup is missing");
            }
            if (Files.size(file) != archive.size()) {
                throw new HostException(archive.file() + " of the backup has " + Files.size(file) + " bytes, expected "
                        + archive.size());
            }
            String sha256 = Sums.of(host.files(), file, job);
            if (!sha256.equals(archive.sha256())) {
                throw new HostException(archive.file() + " of the backup is damaged: SHA-256 " + sha256 + ", expected "
                        + archive.sha256());
            }
        }
    }

    /**
     * Restores all of it, compares, and removes what it restored, on every path but a crash.
     *
     * @return what was proven, a line each
     */
    public List<String> run(
            List<Manifest.Archive> archives,
            Location files,
            Scratch scratch,
            Optional<DatabaseServer> server,
            Path workDir,
            Job job)
            throws HostException, IOException, InterruptedException {
        List<String> proven = new ArrayList<>();
        for (Manifest.Archive archive : archives) {
            switch (archive.kind()) {
                case BackupMaker.FILES -> proven.add(files(archive, archives, files, scratch, workDir, job));
                case BackupMaker.LISTING, BackupMaker.STATE -> {}
                default -> {
                    DatabaseServer own = server.orElseThrow(() -> new HostException(
                            "the backup has databases of " + archive.kind() + ", and no such server is here"));
                    proven.add(database(archive, archives, files, scratch, own, workDir, job));
                }
            }
        }
        return proven;
    }

    private String files(
            Manifest.Archive archive,
            List<Manifest.Archive> archives,
            Location files,
            Scratch scratch,
            Path workDir,
            Job job)
            throws HostException, IOException, InterruptedException {
        job.output().line("Restoring the files into " + scratch.directory());
        Path listing = unpack(archives, BackupMaker.LISTING, "", files, workDir, job);
        Path directory = host.files().resolve(scratch.directory());
        Trees.delete(directory);
        DurableFiles.createPrivateDirectory(directory);
        try {
            new Tar(host.files(), host.commands())
                    .extract(files.path(archive.file()), packing, scratch.directory(), job);
            long compared = FileListing.compare(host.files(), listing, scratch.directory(), job);
            return compared + " files and directories restored and compared";
        } finally {
            Trees.delete(directory);
        }
    }

    private String database(
            Manifest.Archive archive,
            List<Manifest.Archive> archives,
            Location files,
            Scratch scratch,
            DatabaseServer server,
            Path workDir,
            Job job)
            throws HostException, IOException, InterruptedException {
        String name = scratch.database();
        job.output().line("Restoring database " + archive.of() + " into " + name);
        DatabaseState expected = StateText.read(
                Files.readString(unpack(archives, BackupMaker.STATE, archive.of(), files, workDir, job)));
        server.createScratch(name, archive.of(), job);
        try {
            server.fillScratch(name, files.path(archive.file()), packing, job);
            DatabaseState found = server.state(name, job);
            // What is not expected changed while it was dumped.
            found.tables().keySet().retainAll(expected.tables().keySet());
            found.definitions().keySet().retainAll(expected.definitions().keySet());
            List<String> differences = expected.differences(found);
            if (!differences.isEmpty()) {
                throw new HostException("what was restored of database " + archive.of() + " is not what was backed up: "
                        + String.join("; ", differences));
            }
            return "database " + archive.of() + ": " + expected.tables().size() + " tables with " + expected.rows()
                    + " rows restored and compared";
        } finally {
            server.dropScratch(name, job);
        }
    }

    private Path unpack(List<Manifest.Archive> archives, String kind, String of, Location files, Path workDir, Job job)
            throws HostException, IOException, InterruptedException {
        Manifest.Archive wanted = archives.stream()
                .filter(archive -> archive.kind().equals(kind) && archive.of().equals(of))
                .findFirst()
                .orElseThrow(() -> new HostException("the backup has no " + kind + " of what it holds"));
        Path into = workDir.resolve("unpacked-" + kind);
        packing.open(host.files(), files.path(wanted.file())).into(into).run(job);
        return into;
    }
}
