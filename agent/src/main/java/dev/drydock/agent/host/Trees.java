package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and directories as a whole, links not followed. Devices, sockets and pipes are an {@link IOException}. */
public final class Trees {
    private static final int PERMISSIONS = 07777;

    private Trees() {}

    /** Of names, contents, owners and modes, not of dates; empty where nothing is. Hex SHA-256. */
    public static String digest(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        for (Path path : all(root)) {
            Map<String, Object> a = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            lines.append(root.relativize(path))
                    .append('\0')
                    .append((Integer) a.getOrDefault("mode", 0))
                    .append(' ')
                    .append(a.get("uid"))
                    .append(':')
                    .append(a.get("gid"))
                    .append(' ')
                    .append(content(path))
                    .append('\n');
        }
        return Digests.sha256(lines.toString());
    }

    private static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is neither a file, a directory nor a link");
        }
        return FileKeeper.sha256(path);
    }

    /** Everything at and below, sorted by path, what contains before what is in it. */
    private static List<Path> all(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    public static long size(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        long size = 0;
        for (Path path : all(root)) {
            size += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
        }
        return size;
    }

    /** Copies with owner, mode and dates. Not durable yet: the caller syncs once for all. */
    public static void copy(Path from, Path to) throws IOException {
        for (Path path : all(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(target);
            } else {
                Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
            }
            Map<String, Object> a = Files.readAttributes(path, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            own(target, (Integer) a.getOrDefault("uid", 0), (Integer) a.getOrDefault("gid", 0));
            if (!Files.isSymbolicLink(target)) {
                Files.setAttribute(target, "unix:mode", (Integer) a.getOrDefault("mode", 0) & PERMISSIONS);
            }
        }
        for (Path path : all(from).reversed()) {
            if (!Files.isSymbolicLink(path)) {
                FileTime time = Files.getLastModifiedTime(path);
                Files.setLastModifiedTime(to.resolve(from.relativize(path).toString()), time);
            }
        }
    }

    /** Gives everything the owner of the model, directories its mode, and files that without the right to execute. */
    public static void adopt(Path root, Path model) throws IOException {
        Map<String, Object> a = Files.readAttributes(model, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) a.getOrDefault("mode", 0);
        for (Path path : all(root)) {
            own(path, (Integer) a.getOrDefault("uid", 0), (Integer) a.getOrDefault("gid", 0));
            boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:mode", directory ? mode & PERMISSIONS : mode & 0666);
        }
    }

    /** Owner and mode of the model, for that one directory. */
    public static void like(Path model, Path directory) throws IOException {
        Map<String, Object> a = Files.readAttributes(model, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        own(directory, (Integer) a.getOrDefault("uid", 0), (Integer) a.getOrDefault("gid", 0));
        Files.setAttribute(directory, "unix:mode", (Integer) a.getOrDefault("mode", 0) & PERMISSIONS);
    }

    private static void own(Path path, int uid, int gid) throws IOException {
        Map<String, Object> now = Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(uid).equals(now.get("uid"))
                || !Integer.valueOf(gid).equals(now.get("gid"))) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Removes it and all below, one name at a time; links are removed, not followed. Does nothing where nothing is. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
