package dev.drydock.agent.host.packages;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A working directory of the agent as programs of the managed system see it: the directory itself, or for a system in a
 * root directory a copy (hard links where they can be) inside it that is gone after {@link #close}.
 */
public final class Staging implements AutoCloseable {
    private final Path original;
    private final Path outside;
    private final String inside;

    private Staging(Path original, Path outside, String inside) {
        this.original = original;
        this.outside = outside;
        this.inside = inside;
    }

    public static Staging open(HostFiles files, Path directory) throws HostException {
        try {
            Files.createDirectories(directory);
            if (files.isWholeSystem()) {
                return new Staging(directory, directory, directory.toString());
            }
            String inside =
                    "/var/cache/drydock-" + Digests.sha256(directory.toString()).substring(0, 16);
            Path outside = files.resolve(inside);
            deleteAll(outside);
            Files.createDirectories(outside);
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, Files::isRegularFile)) {
                for (Path file : all) {
                    linkOrCopy(file, outside.resolve(directory.relativize(file)));
                }
            }
            return new Staging(directory, outside, inside);
        } catch (IOException e) {
            throw new HostException("working directory " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The directory's path for programs. */
    public String inside() {
        return inside;
    }

    public String inside(String file) {
        return inside + "/" + file;
    }

    /** The directory's path for the agent. */
    public Path outside() {
        return outside;
    }

    /** Takes a file that a program made into the agent's directory. */
    public void takeBack(String file) throws IOException {
        if (!outside.equals(original)) {
            Path target = original.resolve(file);
            Files.deleteIfExists(target);
            linkOrCopy(outside.resolve(file), target);
        }
    }

    @Override
    public void close() throws HostException {
        if (outside.equals(original)) {
            return;
        }
        try {
            deleteAll(outside);
        } catch (IOException e) {
            throw new HostException("directory " + outside + " cannot be removed: " + e.getMessage(), e);
        }
    }

    public static void deleteAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileSystemException otherFileSystem) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
