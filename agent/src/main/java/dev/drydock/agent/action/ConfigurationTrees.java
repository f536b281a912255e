package dev.drydock.agent.action;

import dev.drydock.agent.host.FileKeeper;
import dev.drydock.agent.host.HostFiles;
import dev.drydock.agent.host.KeptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Configuration as a whole: files and links at and below some paths, as they were. What was not there goes when they are put back.
 * Directories are made where they are missing and stay else.
 */
final class ConfigurationTrees {
    private final HostFiles files;
    private final FileKeeper keeper;

    ConfigurationTrees(HostFiles files) {
        this.files = files;
        this.keeper = new FileKeeper(files);
    }

    /** Copies, read back. */
    List<KeptFile> keep(Collection<String> paths, Path into) throws IOException {
        Files.createDirectories(into);
        List<KeptFile> kept = new ArrayList<>();
        for (String path : list(paths)) {
            kept.add(keeper.keep(path, into, Integer.toString(kept.size())));
        }
        FileKeeper.force(into);
        return kept;
    }

    /** Idempotent. */
    void restore(Collection<String> paths, List<KeptFile> kept, Path from) throws IOException {
        for (KeptFile file : all(paths, kept)) {
            Path parent = files.resolveLink(file.path()).getParent();
            if (file.kind() != KeptFile.Kind.ABSENT && parent != null) {
                Files.createDirectories(parent);
            }
            keeper.restore(file, from);
        }
    }

    /** Paths of what is not as it was. */
    List<String> changed(Collection<String> paths, List<KeptFile> kept) throws IOException {
        List<String> changed = new ArrayList<>();
        for (KeptFile file : all(paths, kept)) {
            if (!keeper.look(file.path()).sameState(file)) {
                changed.add(file.path());
            }
        }
        return changed;
    }

    /** Those that were kept, and what is there beside them now and was not then. */
    private Collection<KeptFile> all(Collection<String> paths, List<KeptFile> kept) throws IOException {
        Map<String, KeptFile> all = new TreeMap<>();
        for (String path : list(paths)) {
            all.put(path, KeptFile.absent(path));
        }
        Map<String, KeptFile> before = new HashMap<>();
        kept.forEach(file -> before.put(file.path(), file));
        all.putAll(before);
        return all.values();
    }

    private List<String> list(Collection<String> paths) throws IOException {
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            Path root = files.resolve(path);
            if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try (Stream<Path> tree = Files.walk(root)) {
                tree.filter(file -> Files.isSymbolicLink(file) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                        .forEach(file -> found.add("/" + files.root().relativize(file)));
            }
        }
        return found.stream().distinct().sorted().toList();
    }
}
