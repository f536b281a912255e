package dev.drydock.agent.action;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Directories that are made for a file, and removed again with it. */
final class Directories {
    private final HostFiles files;

    Directories(HostFiles files) {
        this.files = files;
    }

    /** Those above the path that are not there, outermost first. */
    List<String> missing(String path) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path at = Path.of(path).getParent(); at != null; at = at.getParent()) {
            Path there = files.resolve(at.toString());
            if (Files.isDirectory(there)) {
                break;
            }
            if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(at + " is not a directory");
            }
            missing.add(at.toString());
        }
        Collections.reverse(missing);
        return missing;
    }

    /** Makes them, open for all to read. Those that are there already are left as they are. */
    void make(List<String> outermostFirst) throws IOException {
        for (String path : outermostFirst) {
            Path directory = files.resolve(path);
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                FileKeeper.force(Objects.requireNonNull(directory.getParent()));
            }
        }
    }

    /** Removes those that are empty. */
    void remove(List<String> outermostFirst) throws IOException {
        for (String path : outermostFirst.reversed()) {
            try {
                if (Files.deleteIfExists(files.resolve(path))) {
                    FileKeeper.force(Objects.requireNonNull(files.resolve(path).getParent()));
                }
            } catch (DirectoryNotEmptyException othersUseIt) {
                return;
            }
        }
    }
}
