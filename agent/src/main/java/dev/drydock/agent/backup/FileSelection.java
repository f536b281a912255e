package dev.drydock.agent.backup;

import dev.drydock.agent.host.HostFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which files go into a backup.
 *
 * @param roots absolute, inside the managed system; a link is followed
 * @param exclude {@code *}, {@code ?} and {@code **} as in a shell; without a slash it is about the last name anywhere
 * @param never directories of this machine that are left out: where backups go, where the agent works
 */
public record FileSelection(List<String> roots, List<String> exclude, Set<Path> never) {
    public FileSelection {
        roots = List.copyOf(roots);
        exclude = List.copyOf(exclude);
        never = Set.copyOf(never);
    }

    /** @param names each name, ended by a zero byte, a directory before what is in it */
    record Found(long names) {}

    /**
     * Writes the names, relative to the root.
     *
     * @throws IOException when a root is not there
     */
    Found list(HostFiles files, Path into) throws IOException {
        List<PathMatcher> matchers = matchers(files);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(into))) {
            Lister lister = new Lister(files.root(), matchers, never, out);
            for (String root : roots) {
                Path start = files.resolve(root);
                if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(root + " is not there");
                }
                Files.walkFileTree(start, lister);
            }
            return new Found(lister.names);
        }
    }

    private List<PathMatcher> matchers(HostFiles files) {
        List<PathMatcher> matchers = new ArrayList<>();
        for (String pattern : exclude) {
            PathMatcher matcher = files.root().getFileSystem().getPathMatcher("glob:" + pattern);
            matchers.add(
                    pattern.contains("/")
                            ? path -> matcher.matches(
                                    Path.of("/").resolve(files.root().relativize(path)))
                            : path -> path.getFileName() != null && matcher.matches(path.getFileName()));
        }
        return matchers;
    }

    private static final class Lister extends SimpleFileVisitor<Path> implements FileVisitor<Path> {
        private final Path root;
        private final List<PathMatcher> exclude;
        private final Set<Path> never;
        private final OutputStream out;
        private long names;

        Lister(Path root, List<PathMatcher> exclude, Set<Path> never, OutputStream out) {
            this.root = root;
            this.exclude = exclude;
            this.never = never;
            this.out = out;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (isLeftOut(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            write(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!isLeftOut(file) && !isSocket(file, attributes)) {
                write(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** What is gone since its directory was read is not part of it; what cannot be read is an error. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw why;
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isLeftOut(Path path) {
            return never.contains(path) || exclude.stream().anyMatch(matcher -> matcher.matches(path));
        }

        /** It belongs to the program that listens on it, and is made by it. */
        private static boolean isSocket(Path file, BasicFileAttributes attributes) throws IOException {
            return attributes.isOther()
                    && ((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
                            == 0140000;
        }

        private void write(Path path) throws IOException {
            String name = RawPath.encode(root, path);
            if (!name.isEmpty()) {
                out.write(RawPath.bytes(name));
                out.write(0);
                names++;
            }
        }
    }
}
