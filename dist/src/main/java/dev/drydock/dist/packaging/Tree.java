package dev.drydock.dist.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a package puts where: absolute paths, in their order, so that the same content makes the same package. */
final class Tree {
    /** Directories of every system, which belong to no package of ours. */
    private static final List<String> SHARED = List.of(
            "/etc",
            "/etc/default",
            "/etc/drydock",
            "/usr",
            "/usr/bin",
            "/usr/lib",
            "/usr/lib/systemd",
            "/usr/lib/systemd/system",
            "/usr/lib/systemd/system/multi-user.target.wants",
            "/usr/share",
            "/usr/share/bash-completion",
            "/usr/share/bash-completion/completions",
            "/usr/share/doc",
            "/usr/share/man",
            "/usr/share/man/man1",
            "/usr/share/man/man8",
            "/usr/share/zsh",
            "/usr/share/zsh/site-functions",
            "/usr/share/zsh/vendor-completions");

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    Tree put(String path, Entry entry) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            entries.putIfAbsent(path.substring(0, slash), new Entry.Directory(0755));
        }
        entries.put(path, entry);
        return this;
    }

    /** Everything below a folder that is wanted; executable is what its owner may execute. */
    Tree copy(Path folder, String to, Predicate<String> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path from : all.sorted().toList()) {
                String name = folder.relativize(from).toString();
                if (name.isEmpty() || !wanted.test(name)) {
                    continue;
                }
                String path = to + "/" + name;
                if (Files.isSymbolicLink(from)) {
                    put(path, new Entry.Link(Files.readSymbolicLink(from).toString()));
                } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                    put(path, new Entry.Directory(0755));
                } else {
                    put(path, new Entry.File(from, Files.isExecutable(from) ? 0755 : 0644));
                }
            }
        }
        return this;
    }

    /** All of it, with the directories that every system has. */
    Map<String, Entry> all() {
        return entries;
    }

    /** What is of this package alone. */
    Map<String, Entry> own() {
        TreeMap<String, Entry> own = new TreeMap<>(entries);
        SHARED.forEach(own::remove);
        return own;
    }

    /** Twelve digits that tell one content below a directory from any other. */
    String identity(String below) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            if (each.getKey().startsWith(below + "/")) {
                digest.update(each.getKey().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(sha256().digest(Entry.bytes(each.getValue())));
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
