package dev.drydock.cli.bootstrap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder as a tar archive (POSIX.1-1988, ustar): files, folders and links, in order of their names, of root, with their times,
 * which Java holds its cache against.
 */
final class FolderArchive {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;

    private final OutputStream out;

    private FolderArchive(OutputStream out) {
        this.out = out;
    }

    /** @throws IOException also for a name that is too long for the format */
    static void write(Path folder, OutputStream out) throws IOException {
        FolderArchive archive = new FolderArchive(out);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.filter(path -> !path.equals(folder)).sorted().toList();
        }
        for (Path path : all) {
            archive.entry(path, folder.relativize(path).toString());
        }
        out.write(new byte[2 * BLOCK]);
    }

    private void entry(Path path, String name) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int mode = mode(attributes.permissions());
        long seconds = attributes.lastModifiedTime().toInstant().getEpochSecond();
        if (attributes.isSymbolicLink()) {
            header(name, 0777, 0, seconds, '2', Files.readSymbolicLink(path).toString());
        } else if (attributes.isDirectory()) {
            header(name + "/", mode, 0, seconds, '5', "");
        } else if (attributes.isRegularFile()) {
            header(name, mode, attributes.size(), seconds, '0', "");
            long written = Files.copy(path, out);
            if (written != attributes.size()) {
                throw new IOException(path + " changed while it was packed");
            }
            out.write(new byte[(int) ((BLOCK - written % BLOCK) % BLOCK)]);
        }
    }

    private void header(String name, int mode, long size, long seconds, char type, String link) throws IOException {
        byte[] header = new byte[BLOCK];
        int split = split(name);
        text(header, 0, NAME, split < 0 ? name : name.substring(split + 1));
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, seconds);
        header[156] = (byte) type;
        text(header, 157, NAME, link);
        text(header, 257, 6, "ustar");
        text(header, 263, 2, "00");
        text(header, 265, 32, "root");
        text(header, 297, 32, "root");
        text(header, 345, PREFIX, split < 0 ? "" : name.substring(0, split));
        int sum = 8 * ' ';
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        header[155] = ' ';
        out.write(header);
    }

    /** Where a long name is divided; -1 for a short one. */
    private static int split(String name) throws IOException {
        if (name.length() <= NAME) {
            return -1;
        }
        int split = name.indexOf('/', name.length() - NAME - 1);
        if (split < 0 || split > PREFIX || split == name.length() - 1) {
            throw new IOException("the name is too long to be packed: " + name);
        }
        return split;
    }

    private static void text(byte[] header, int at, int length, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IOException("the name is too long to be packed: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void octal(byte[] header, int at, int length, long number) {
        String digits = Long.toOctalString(number);
        String padded = "0".repeat(length - 1 - digits.length()) + digits;
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, header, at, length - 1);
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }
}
