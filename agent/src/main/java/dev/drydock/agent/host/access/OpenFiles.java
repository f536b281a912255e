package dev.drydock.agent.host.access;

import dev.drydock.agent.host.HostException;
import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds what every user of the system may write: files, and directories whose entries everybody may remove (without the sticky bit).
 * Links are not followed, other file systems not entered.
 */
public final class OpenFiles {
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    /** The kernel's, in which modes mean something else. */
    private static final Set<String> NOT_FILES = Set.of("/proc", "/sys", "/dev", "/run");

    private final HostFiles files;
    private final int most;
    private final List<PathMatcher> ignored;

    /**
     * @param most files and directories that are looked at
     * @param ignored globs over whole paths; one without a slash is about names
     */
    public OpenFiles(HostFiles files, int most, Collection<String> ignored) {
        this.files = files;
        this.most = most;
        List<PathMatcher> matchers = new ArrayList<>();
        ignored.forEach(glob -> matchers.add(matcher(glob)));
        this.ignored = List.copyOf(matchers);
    }

    /** @param looked how many files and directories were looked at */
    public record Seen(Set<String> open, int looked) {}

    private static PathMatcher matcher(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        return glob.indexOf('/') >= 0
                ? matcher
                : path -> {
                    Path name = path.getFileName();
                    return name != null && matcher.matches(name);
                };
    }

    /**
     * @param paths where to look, inside the managed system
     * @throws HostException where a path is not there, or there is more than is looked at
     */
    public Seen find(Collection<String> paths) throws HostException, IOException {
        Look look = new Look();
        for (String path : paths) {
            Path start = files.resolve(path);
            if (!Files.exists(start)) {
                throw new HostException("there is no " + path);
            }
            look.device = device(start);
            Files.walkFileTree(start, look);
            if (look.left < 0) {
                throw new HostException("there are more than " + most + " files below " + String.join(", ", paths)
                        + ": name less, or ignore what needs no look");
            }
        }
        return new Seen(look.open, most - look.left);
    }

    private static Object device(Path path) throws IOException {
        return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
    }

    private String inside(Path path) {
        return "/" + files.root().relativize(path);
    }

    private final class Look extends SimpleFileVisitor<Path> {
        private final Set<String> open = new TreeSet<>();
        private int left = most;
        private Object device = 0;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (NOT_FILES.contains(inside(directory)) || !device(directory).equals(device)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return look(directory, true, FileVisitResult.SKIP_SUBTREE);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            return attributes.isRegularFile() ? look(file, false, FileVisitResult.CONTINUE) : FileVisitResult.CONTINUE;
        }

        /** A host lives on while it is looked at. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        private FileVisitResult look(Path path, boolean directory, FileVisitResult whenIgnored) throws IOException {
            String inside = inside(path);
            if (ignored.stream().anyMatch(glob -> glob.matches(Path.of(inside)))) {
                return whenIgnored;
            }
            if (--left < 0) {
                return FileVisitResult.TERMINATE;
            }
            try {
                Map<String, Object> now = Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
                int mode = now.get("mode") instanceof Integer bits ? bits : 0;
                if ((mode & OTHERS_WRITE) != 0 && !(directory && (mode & STICKY) != 0)) {
                    open.add(inside);
                }
            } catch (NoSuchFileException gone) {
                return directory ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
