package dev.drydock.cli.declare;

import dev.drydock.cli.CliException;
import dev.drydock.playbooks.document.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Finds documents: in files, in folders with all below them, and on standard input. */
final class Sources {
    private static final int MOST_OF_A_STREAM = 64 * 1024 * 1024;

    private Sources() {}

    /** @throws CliException something cannot be read, or a folder has no document */
    static List<Source> read(List<String> from, InputStream input) {
        List<Source> found = new ArrayList<>();
        for (String one : from) {
            try {
                if (one.equals("-")) {
                    found.addAll(split("-", Path.of(""), input.readNBytes(MOST_OF_A_STREAM)));
                } else {
                    found.addAll(at(Path.of(one)));
                }
            } catch (NoSuchFileException e) {
                throw CliException.usage(
                        "Cannot read " + one + ": there is no such file or folder.", "Check what -f says.");
            } catch (IOException e) {
                throw CliException.failed("Cannot read " + one + ": " + e.getMessage() + ".", "");
            }
        }
        return List.copyOf(found);
    }

    private static List<Source> at(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return file(path);
        }
        List<Source> found = new ArrayList<>();
        for (Path file : below(path)) {
            found.addAll(file(file));
        }
        if (found.isEmpty()) {
            throw CliException.usage(
                    path + " holds no document: there is no *.yaml or *.yml in it or below it.",
                    "See docs/declarative.md for what the files look like.");
        }
        return found;
    }

    private static List<Source> file(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            Path folder = path.toAbsolutePath().getParent();
            return split(path.toString(), folder == null ? Path.of("") : folder, in.readNBytes(MOST_OF_A_STREAM));
        }
    }

    /** In a stable order, without what is hidden (.git). */
    private static TreeSet<Path> below(Path folder) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return hidden(directory) && !directory.equals(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = String.valueOf(file.getFileName());
                if (!hidden(file) && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static boolean hidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    /** At lines that begin with {@code ---}: such a line is a border wherever it stands, in YAML too. */
    static List<Source> split(String file, Path folder, byte[] content) {
        List<Source> found = new ArrayList<>();
        int begin = 0;
        int beginLine = 0;
        int line = 0;
        for (int i = 0; i < content.length; i++) {
            boolean lineBegins = i > 0 && content[i - 1] == '\n';
            if (lineBegins) {
                line++;
            }
            if (lineBegins && border(content, i)) {
                add(found, new Source(file, folder, beginLine, part(content, begin, i)));
                begin = i;
                beginLine = line;
            }
        }
        add(found, new Source(file, folder, beginLine, part(content, begin, content.length)));
        return found.isEmpty() ? List.of(new Source(file, folder, 0, part(content, 0, Limits.MAX_BYTES))) : found;
    }

    private static void add(List<Source> found, Source source) {
        if (source.hasContent()) {
            found.add(source);
        }
    }

    private static boolean border(byte[] content, int at) {
        boolean dashes =
                at + 3 <= content.length && content[at] == '-' && content[at + 1] == '-' && content[at + 2] == '-';
        return dashes && (at + 3 == content.length || " \t\r\n".indexOf(content[at + 3]) >= 0);
    }

    private static byte[] part(byte[] content, int from, int to) {
        return java.util.Arrays.copyOfRange(content, from, Math.min(to, content.length));
    }
}
