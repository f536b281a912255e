package dev.drydock.agent.host.certificates;

import dev.drydock.agent.host.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files of a configuration and what they include. Bounded: a configuration that includes itself, or half of the disk, ends. It
 * remembers what it looked at, directories included. For one walk and one thread.
 */
final class ConfigurationWalk {
    private static final int MOST_FILES = 1000;
    private static final int MOST_BYTES = 1 << 20;

    private final HostFiles files;
    private final Set<String> seen = new TreeSet<>();
    private int read;

    ConfigurationWalk(HostFiles files) {
        this.files = files;
    }

    /** Paths that were looked at, on this machine. */
    Set<String> seen() {
        return seen;
    }

    /** Empty when it is no regular file, too large, or too many were read. */
    String text(String path) throws IOException {
        Path file = files.resolve(path);
        seen.add(file.toString());
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES || ++read > MOST_FILES) {
            return "";
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** Absolute paths that match, sorted; {@code *}, {@code ?} and {@code [...]} stand for parts of one name. */
    List<String> matching(String pattern) throws IOException {
        List<String> found = List.of("");
        for (String name : pattern.substring(1).split("/+")) {
            List<String> next = new ArrayList<>();
            for (String at : found) {
                if (name.matches(".*[*?\\[].*")) {
                    next.addAll(children(at, name));
                } else {
                    next.add(at + "/" + name);
                }
            }
            found = next;
        }
        return found.stream().sorted().toList();
    }

    /** As {@code matching}, and of directories all that is in them, as Apache includes them. */
    List<String> matchingOrWithin(String pattern) throws IOException {
        List<String> all = new ArrayList<>();
        for (String path : matching(pattern)) {
            if (Files.isDirectory(files.resolve(path))) {
                all.addAll(children(path, "*"));
            } else {
                all.add(path);
            }
        }
        return all;
    }

    private List<String> children(String directory, String glob) throws IOException {
        Path there = files.resolve(directory.isEmpty() ? "/" : directory);
        seen.add(there.toString());
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(there, glob)) {
            for (Path one : found) {
                if (names.size() >= MOST_FILES) {
                    break;
                }
                names.add(directory + "/" + one.getFileName());
            }
        }
        return names.stream().sorted().toList();
    }
}
