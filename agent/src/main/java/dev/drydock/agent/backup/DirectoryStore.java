package dev.drydock.agent.backup;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Job;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backups in a directory of the managed system, open for root alone. */
public final class DirectoryStore implements BackupStore {
    private static final String UNFINISHED = ".drydock-unfinished-";

    private final HostFiles files;
    private final String directory;

    public DirectoryStore(HostFiles files, String directory) {
        this.files = files;
        this.directory = directory;
    }

    @Override
    public String location() {
        return directory;
    }

    @Override
    public void requireUsable(Job job) throws HostException, IOException {
        for (Path at = base(); at != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                if (!Files.isDirectory(at)) {
                    throw new HostException(at + " is not a directory, so no backups can be put into " + directory);
                }
                return;
            }
        }
    }

    @Override
    public Path staging(String id) throws IOException {
        Path staging = base().resolve(UNFINISHED + id);
        DurableFiles.createPrivateDirectory(staging);
        return staging;
    }

    @Override
    public Path room() throws IOException {
        for (Path at = base(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at)) {
                return at;
            }
        }
        return files.root();
    }

    @Override
    public void publish(Manifest manifest, Job job) throws IOException {
        Path whole = base().resolve(manifest.id());
        if (Files.isDirectory(whole)) {
            return;
        }
        Path staging = base().resolve(UNFINISHED + manifest.id());
        for (Manifest.Archive archive : manifest.archives()) {
            FileKeeper.force(staging.resolve(archive.file()));
        }
        DurableFiles.replace(staging.resolve(Manifest.NAME), manifest.json());
        DurableFiles.rename(staging, whole);
    }

    @Override
    public void discard(String id, Job job) throws IOException {
        DurableFiles.deleteTree(base().resolve(UNFINISHED + id));
    }

    @Override
    public Optional<Manifest> find(String id, Job job) throws IOException {
        Path manifest = base().resolve(id).resolve(Manifest.NAME);
        return Files.exists(manifest) ? Optional.of(read(manifest)) : Optional.empty();
    }

    private static Manifest read(Path manifest) throws IOException {
        try {
            return Manifest.of(Files.readAllBytes(manifest));
        } catch (IOException e) {
            throw new IOException(manifest + " " + e.getMessage(), e);
        }
    }

    @Override
    public List<Manifest> all(Job job) throws IOException {
        List<Manifest> all = new ArrayList<>();
        if (Files.isDirectory(base())) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(base(), Files::isDirectory)) {
                for (Path one : directories) {
                    Path manifest = one.resolve(Manifest.NAME);
                    String name = String.valueOf(one.getFileName());
                    if (!name.startsWith(".") && Files.exists(manifest)) {
                        try {
                            Manifest found = read(manifest);
                            if (found.id().equals(name)) {
                                all.add(found);
                            }
                        } catch (IOException notOurs) {
                            job.output().line("Left alone: " + notOurs.getMessage());
                        }
                    }
                }
            }
        }
        return all;
    }

    @Override
    public Path fetch(Manifest manifest, String file, Path workDir, Job job) throws IOException {
        return base().resolve(manifest.id()).resolve(file);
    }

    /** Its manifest goes last, so that what is left after a crash is still known as ours. */
    @Override
    public void remove(Manifest manifest, Job job) throws IOException {
        Path whole = base().resolve(manifest.id());
        for (Manifest.Archive archive : manifest.archives()) {
            Files.deleteIfExists(whole.resolve(archive.file()));
        }
        Files.deleteIfExists(whole.resolve(Manifest.NAME));
        try {
            Files.deleteIfExists(whole);
        } catch (DirectoryNotEmptyException others) {
            job.output().line("Left there, since it has files of others: " + whole);
        }
        DurableFiles.syncDirectory(base());
    }

    private Path base() throws IOException {
        return files.resolve(directory);
    }
}
