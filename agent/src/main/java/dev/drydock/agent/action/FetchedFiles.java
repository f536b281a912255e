package dev.drydock.agent.action;

import dev.drydock.agent.disk.DurableFiles;
import dev.drydock.agent.host.FileKeeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that were fetched ahead of a run, in a directory of their own. A file counts only while its SHA-256 is the one in the list
 * beside it, which is written last: one that was cut short, changed or never published does not. That is against disks and
 * accidents; that a file is the right one is for whoever takes it to prove.
 */
final class FetchedFiles {
    private static final String LIST = "sums";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^/\\n]+)");

    private final Path directory;

    FetchedFiles(Path directory) {
        this.directory = directory;
    }

    /** Where to download to, with all that counts in it. What a killed fetch left there stays, unproven. */
    Path incoming() throws IOException {
        Path incoming = directory.resolve("incoming");
        DurableFiles.createPrivateDirectory(incoming);
        takeInto(incoming);
        return incoming;
    }

    /**
     * From now on these count, and nothing else.
     *
     * @param names of whole files in {@link #incoming}, which is gone afterwards
     * @return their bytes
     */
    long publish(Collection<String> names) throws IOException {
        Path incoming = directory.resolve("incoming");
        StringBuilder list = new StringBuilder();
        long bytes = 0;
        for (String name : names) {
            Path file = incoming.resolve(name);
            FileKeeper.force(file);
            list.append(FileKeeper.sha256(file)).append("  ").append(name).append('\n');
            bytes += Files.size(file);
            Files.move(file, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
        FileKeeper.force(directory);
        DurableFiles.replace(directory.resolve(LIST), list.toString().getBytes(StandardCharsets.UTF_8));
        removeAllBut(names);
        return bytes;
    }

    private void removeAllBut(Collection<String> names) throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(directory)) {
            others = all.filter(path -> !path.endsWith(LIST)
                            && !names.contains(path.getFileName().toString()))
                    .toList();
        }
        for (Path other : others) {
            DurableFiles.deleteTree(other);
        }
    }

    /**
     * Puts what counts there as well, as hard links where the file system allows; what is there already stays.
     *
     * @return the bytes that were put there
     */
    long takeInto(Path target) throws IOException {
        long bytes = 0;
        for (Map.Entry<String, String> entry : sums().entrySet()) {
            Path file = directory.resolve(entry.getKey());
            Path place = target.resolve(entry.getKey());
            if (Files.isRegularFile(file)
                    && !Files.exists(place)
                    && FileKeeper.sha256(file).equals(entry.getValue())) {
                linkOrCopy(file, place);
                bytes += Files.size(place);
            }
        }
        return bytes;
    }

    /** SHA-256 by name. */
    private Map<String, String> sums() throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Path list = directory.resolve(LIST);
        if (Files.isRegularFile(list)) {
            for (String line : Files.readAllLines(list)) {
                Matcher m = LINE.matcher(line);
                if (m.matches()) {
                    sums.put(m.group(2), m.group(1));
                }
            }
        }
        return sums;
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileSystemException otherFileSystem) {
            Files.copy(from, to);
        }
    }
}
