package dev.drydock.controller.backup;

import dev.drydock.controller.security.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code SHA256SUMS} of a backup, written last: a backup without it was not finished. Of the form that {@code
 * sha256sum --check} reads.
 */
final class Checksums {
    static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S.*)");

    private Checksums() {}

    /** @param files below the directory, all durable already */
    static void write(Path directory, Iterable<Path> files) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (Path file : files) {
            sums.put(directory.relativize(file).toString(), of(file));
        }
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        PrivateFiles.writeSecret(directory.resolve(FILE), text.toString());
    }

    /**
     * Reads every file.
     *
     * @return relative names, sorted
     * @throws BackupException when the backup was not finished, or a file is missing, changed, or not inside it
     */
    static Iterable<Path> verified(Path directory) throws BackupException, IOException {
        Map<Path, String> sums = new TreeMap<>();
        for (String line : lines(directory)) {
            Matcher parts = LINE.matcher(line);
            Path name = parts.matches() ? Path.of(parts.group(2)).normalize() : Path.of("..");
            if (name.isAbsolute() || name.startsWith("..")) {
                throw new BackupException(
                        directory.resolve(FILE) + " is damaged: '" + line + "' is no checksum with the name of a file.",
                        null);
            }
            sums.put(name, parts.group(1));
        }
        for (Map.Entry<Path, String> file : sums.entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path)) {
                throw new BackupException("The backup " + directory + " is not whole: " + path + " is missing.", null);
            }
            if (!of(path).equals(file.getValue())) {
                throw new BackupException(
                        "The backup " + directory + " is damaged: " + path + " is not what " + FILE + " says.", null);
            }
        }
        return sums.keySet();
    }

    private static Iterable<String> lines(Path directory) throws BackupException, IOException {
        try {
            return Files.readAllLines(directory.resolve(FILE));
        } catch (NoSuchFileException e) {
            throw new BackupException(
                    directory + " is no backup, or one that was not finished: it has no " + FILE + ".", e);
        }
    }

    private static String of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
