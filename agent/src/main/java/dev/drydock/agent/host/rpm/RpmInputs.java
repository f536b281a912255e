package dev.drydock.agent.host.rpm;

import dev.drydock.agent.host.Digests;
import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The files that the answers depend on. Looks at their dates and sizes only; of a repository at the index of its files, which is short. */
final class RpmInputs {
    private static final List<String> DATABASES = List.of("/var/lib/rpm", "/usr/lib/sysimage/rpm");
    /** What readers make beside the database says nothing about it. */
    private static final String OF_READERS = ".*(-shm|-wal|\\.rpm\\.lock)|__db\\..*";

    private static final int MOST_INDEX = 1 << 20;

    private final HostFiles files;
    private final RpmTool tool;

    RpmInputs(HostFiles files, RpmTool tool) {
        this.files = files;
        this.tool = tool;
    }

    /** Whether there is a database of rpm with anything in it. */
    static boolean hasDatabase(HostFiles files) throws IOException {
        for (String directory : DATABASES) {
            for (Path file : in(files.resolve(directory))) {
                if (Files.isRegularFile(file)
                        && !String.valueOf(file.getFileName()).matches(OF_READERS)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The same as long as none of the files changes. */
    String fingerprint() throws HostException {
        StringBuilder text = new StringBuilder();
        try {
            for (String directory : DATABASES) {
                for (Path file : in(files.resolve(directory))) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.matches(OF_READERS) || name.endsWith("-wal") && Files.size(file) > 0) {
                        describe(file, text);
                    }
                }
            }
            List<String> patterns = new ArrayList<>(tool.inputs());
            patterns.add(Unfinished.FILE);
            for (String pattern : patterns) {
                for (Path file : matching(pattern)) {
                    describe(file, text);
                }
            }
            for (String pattern : tool.lists()) {
                for (Path index : matching(pattern)) {
                    describeIndex(index, text);
                }
            }
            return text.toString();
        } catch (IOException e) {
            throw new HostException("the files of " + tool.name() + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    private static void describe(Path file, StringBuilder text) throws IOException {
        if (Files.exists(file)) {
            text.append(file).append(' ').append(Files.getLastModifiedTime(file));
            text.append(' ')
                    .append(Files.isDirectory(file) ? 0 : Files.size(file))
                    .append('\n');
        }
    }

    /** It has the checksums of all lists; its date becomes new each time that the repository is asked. */
    private static void describeIndex(Path index, StringBuilder text) throws IOException {
        if (Files.size(index) > MOST_INDEX) {
            describe(index, text);
        } else {
            text.append(index)
                    .append(' ')
                    .append(Digests.sha256(Files.readAllBytes(index)))
                    .append('\n');
        }
    }

    /** Of the repository that was read last; empty when none was. */
    Optional<Instant> listsReadAt() throws HostException {
        try {
            Instant newest = Instant.EPOCH;
            for (String pattern : tool.lists()) {
                for (Path file : matching(pattern)) {
                    Path directory = file.getParent();
                    for (Path touched : directory == null ? List.of(file) : List.of(file, directory)) {
                        Instant at = Files.getLastModifiedTime(touched).toInstant();
                        newest = at.isAfter(newest) ? at : newest;
                    }
                }
            }
            return newest.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(newest);
        } catch (IOException e) {
            throw new HostException("the lists of " + tool.name() + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    private List<Path> matching(String pattern) throws IOException {
        int star = pattern.indexOf('*');
        if (star < 0) {
            Path file = files.resolve(pattern);
            return Files.exists(file) ? List.of(file) : List.of();
        }
        List<Path> found = new ArrayList<>();
        for (Path entry : in(files.resolve(pattern.substring(0, star)))) {
            Path file = entry.resolveSibling(entry.getFileName() + pattern.substring(star + 1));
            if (Files.exists(file)) {
                found.add(file);
            }
        }
        return found;
    }

    private static List<Path> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(all::add);
        }
        Collections.sort(all);
        return all;
    }
}
