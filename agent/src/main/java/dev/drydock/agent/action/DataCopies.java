package dev.drydock.agent.action;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of directories as a whole, of which nothing writes meanwhile. */
final class DataCopies {
    private final HostFiles files;

    DataCopies(HostFiles files) {
        this.files = files;
    }

    long size(String directory) throws IOException {
        return Trees.size(files.resolve(directory));
    }

    String digest(String directory) throws IOException {
        return Trees.digest(files.resolve(directory));
    }

    /** Proven to be equal, not yet durable. @return the digest of both */
    String keep(String directory, Path copy) throws HostException, IOException {
        Path source = files.resolve(directory);
        if (!Files.isDirectory(source)) {
            throw new HostException("there is no directory " + directory + ", whose data would have to be kept");
        }
        Trees.delete(copy);
        Trees.copy(source, copy);
        String digest = Trees.digest(copy);
        if (!digest.equals(Trees.digest(source))) {
            throw new HostException(
                    "the copy of " + directory + " differs from it: something still writes there, or the disk is bad");
        }
        return digest;
    }

    /**
     * In place, since the directory may be where a file system is mounted. Idempotent: what a crash left half done is done again.
     */
    void restore(Path copy, String digest, String directory) throws HostException, IOException {
        if (!Trees.digest(copy).equals(digest)) {
            throw new HostException("the kept copy of " + directory + " is damaged: " + copy);
        }
        Path target = files.resolve(directory);
        try (Stream<Path> all = Files.list(target)) {
            for (Path entry : all.toList()) {
                Trees.delete(entry);
            }
        }
        try (Stream<Path> all = Files.list(copy)) {
            for (Path entry : all.toList()) {
                Trees.copy(entry, target.resolve(entry.getFileName().toString()));
            }
        }
        Trees.like(copy, target);
        DurableFiles.syncDirectory(target);
        if (!Trees.digest(target).equals(digest)) {
            throw new HostException(directory + " could not be put back from " + copy);
        }
    }
}
