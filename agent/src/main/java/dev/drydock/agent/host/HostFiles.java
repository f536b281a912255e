package dev.drydock.agent.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Files of the managed system. Paths are absolute and mean what they mean inside it: a symbolic link, also an absolute
 * one or one with {@code ..}, never leads out of the root. Immutable.
 */
public final class HostFiles {
    private static final int MOST_LINKS = 40;
    private static final int MOST_TEXT = 16 << 20;

    private final Path root;

    /** @param root absolute, normal and existing */
    public HostFiles(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    public boolean isWholeSystem() {
        return root.equals(Path.of("/"));
    }

    /** The file on this machine, all links followed. It need not exist. */
    public Path resolve(String path) throws IOException {
        return resolve(path, true);
    }

    /** As {@link #resolve}, but where the last name is a link, the link itself. */
    public Path resolveLink(String path) throws IOException {
        return resolve(path, false);
    }

    public boolean exists(String path) throws IOException {
        return Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * A text file; empty when there is none.
     *
     * @throws IOException also when it is larger than 16 MiB
     */
    public Optional<String> read(String path) throws IOException {
        Path file = resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_TEXT + 1);
            if (bytes.length > MOST_TEXT) {
                throw new IOException(path + " is larger than " + MOST_TEXT + " bytes");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private Path resolve(String path, boolean followLast) throws IOException {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw new IOException("path '" + path + "' is not absolute");
        }
        Deque<String> names = new ArrayDeque<>();
        push(names, path);
        Path at = root;
        int links = 0;
        while (!names.isEmpty()) {
            String name = names.pop();
            if (name.equals("..")) {
                Path parent = at.getParent();
                at = at.equals(root) || parent == null ? root : parent;
                continue;
            }
            Path next = at.resolve(name);
            if (Files.isSymbolicLink(next) && (followLast || !names.isEmpty())) {
                if (++links > MOST_LINKS) {
                    throw new IOException("path '" + path + "' has too many symbolic links");
                }
                String target = Files.readSymbolicLink(next).toString();
                at = target.startsWith("/") ? root : at;
                push(names, target);
            } else {
                at = next;
            }
        }
        return at;
    }

    private static void push(Deque<String> names, String path) {
        String[] parts = path.split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty() && !parts[i].equals(".")) {
                names.push(parts[i]);
            }
        }
    }
}
